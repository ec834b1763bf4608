/**
 * Which line of a timeline a slice is drawn on: one GPU's slices share a line as long as they do not overlap; a
 * replica that serves several requests at once gets as many lines as it needs.
 * Knows no output format. Slices must come in order of their ends.
 */
export class Tracks {
  /** By GPU, when the last slice on each of its lines ended. */
  readonly #ends = new Map<string, number[]>();

  /** The line of a slice, from 0. */
  place(pool: string, gpu: number, from_s: number, to_s: number): number {
    const key = `${pool}/${gpu}`;
    const ends = this.#ends.get(key) ?? [];
    this.#ends.set(key, ends);
    const free = ends.findIndex((end_s) => end_s <= from_s);
    const line = free >= 0 ? free : ends.length;
    ends[line] = to_s;
    return line;
  }

  /** How many lines a GPU has needed. */
  count(pool: string, gpu: number): number {
    return this.#ends.get(`${pool}/${gpu}`)?.length ?? 0;
  }
}
