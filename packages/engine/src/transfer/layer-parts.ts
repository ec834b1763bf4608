/**
 * The KV of one prompt as parts that become ready while it is computed: layer after layer, chunk after chunk.
 * Knows when parts are ready and how large they are; knows no link.
 *
 * A chunk computed from a to b counts as `layers` equal parts: part l is ready at a + (b − a)·l/layers.
 */

interface Chunk {
  /** Of each of its parts. */
  readonly bytes: number;
  readonly start_s: number;
  readonly end_s: number;
}

export class LayerParts {
  readonly #layers: number;
  /** Whose parts have not all been taken; the first may be begun. */
  readonly #chunks: Chunk[] = [];
  /** Parts of the first chunk that have been taken. */
  #taken = 0;

  constructor(layers: number) {
    this.#layers = layers;
  }

  /** A chunk of `bytes` in all follows. */
  add(bytes: number, start_s: number, end_s: number): void {
    this.#chunks.push({ bytes: bytes / this.#layers, start_s, end_s });
  }

  /** Forgets the parts that have not been taken. */
  clear(): void {
    this.#chunks.length = 0;
    this.#taken = 0;
  }

  /** When the next part is ready, which may be past; Infinity when none is to come. */
  get ready_s(): number {
    const [chunk] = this.#chunks;
    if (chunk === undefined) return Number.POSITIVE_INFINITY;
    const { start_s, end_s } = chunk;
    const part = this.#taken + 1;
    return part === this.#layers ? end_s : start_s + ((end_s - start_s) * part) / this.#layers;
  }

  /** Takes the parts that are ready at `now`, and says how many bytes they are. */
  take(now: number): number {
    let bytes = 0;
    while (this.ready_s <= now) {
      bytes += this.#chunks[0]?.bytes ?? 0;
      this.#taken++;
      if (this.#taken < this.#layers) continue;
      this.#chunks.shift();
      this.#taken = 0;
    }
    return bytes;
  }
}
