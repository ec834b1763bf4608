/**
 * The KV cache of a replica in blocks: how many are free, and when the decoding requests will want the next one.
 * Knows no requests. A decoding request wants a block each `block_size` tokens, so what matters of it is the token
 * clock modulo `block_size` at which it does.
 */
export class KvBlocks {
  readonly block_size: number;
  free: number;
  readonly limited: boolean;
  /** Decoding requests by the residue of the token clock at which they want a block. */
  readonly #wanting: Int32Array;
  #decoding = 0;

  /** `num_gpu_blocks` Infinity: unlimited. */
  constructor(block_size: number, num_gpu_blocks: number) {
    this.block_size = block_size;
    this.free = num_gpu_blocks;
    this.limited = num_gpu_blocks !== Number.POSITIVE_INFINITY;
    this.#wanting = new Int32Array(this.limited ? block_size : 0);
  }

  /** Blocks that hold `tokens` tokens. */
  blocksFor(tokens: number): number {
    return Math.ceil(tokens / this.block_size);
  }

  /** A request with `computed` tokens decodes from token clock `now` on. */
  join(computed: number, now: number): void {
    this.#count(computed, now, 1);
  }

  /** It stops decoding at token clock `now`, with `computed` tokens. */
  leave(computed: number, now: number): void {
    this.#count(computed, now, -1);
  }

  /** Blocks that the decoding requests want in the step at token clock `now`. */
  wanted(now: number): number {
    if (!this.limited) return 0;
    return this.#wanting[now % this.block_size] ?? 0;
  }

  /** Takes the blocks that they want in `steps` steps from token clock `now` on; returns how many, 0 if unlimited. */
  take(now: number, steps: number): number {
    if (!this.limited) return 0;
    const taken = this.#wantedWithin(now, steps);
    this.free -= taken;
    return taken;
  }

  /** Takes that back. */
  giveBack(now: number, steps: number): number {
    if (!this.limited) return 0;
    const returned = this.#wantedWithin(now, steps);
    this.free += returned;
    return returned;
  }

  /** Blocks that they want in `steps` steps from token clock `now` on; 0 if unlimited. */
  ahead(now: number, steps: number): number {
    return this.limited ? this.#wantedWithin(now, steps) : 0;
  }

  #wantedWithin(now: number, steps: number): number {
    const rounds = Math.floor(steps / this.block_size);
    let wanted = rounds * this.#decoding;
    for (let step = rounds * this.block_size; step < steps; step++) wanted += this.wanted(now + step);
    return wanted;
  }

  /** Steps from token clock `now` on for which the free blocks last, at most `most`. */
  stepsLeft(now: number, most: number): number {
    if (!this.limited || this.#decoding === 0) return most;
    const rounds = Math.floor(this.free / this.#decoding);
    let steps = rounds * this.block_size;
    if (steps >= most) return most;
    let left = this.free - rounds * this.#decoding;
    while (steps < most) {
      left -= this.wanted(now + steps);
      if (left < 0) break;
      steps++;
    }
    return steps;
  }

  #count(computed: number, now: number, change: number): void {
    if (!this.limited) return;
    const size = this.block_size;
    const residue = (((now - computed) % size) + size) % size;
    this.#wanting[residue] = (this.#wanting[residue] ?? 0) + change;
    this.#decoding += change;
  }
}
