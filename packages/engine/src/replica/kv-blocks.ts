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

  /** Takes the blocks that the decoding requests want in the step at token clock `now`; false when some are lacking. */
  takeNext(now: number): boolean {
    if (!this.limited) return true;
    const wanted = this.#wanting[now % this.block_size] ?? 0;
    if (wanted > this.free) return false;
    this.free -= wanted;
    return true;
  }

  /** Takes the blocks that they want in `steps` steps from token clock `now` on; returns how many, 0 if unlimited. */
  take(now: number, steps: number): number {
    if (!this.limited || steps === 0) return 0;
    const taken = this.#wantedWithin(now, steps);
    this.free -= taken;
    return taken;
  }

  /** Blocks that they want in `steps` steps from token clock `now` on; 0 if unlimited. */
  ahead(now: number, steps: number): number {
    return this.limited ? this.#wantedWithin(now, steps) : 0;
  }

  #wantedWithin(now: number, steps: number): number {
    // Each wants one a round: the nearest number of rounds, and what they lack or have too much.
    const rounds = Math.round(steps / this.block_size) | 0;
    const rest = steps - rounds * this.block_size;
    const wanted = rounds * this.#decoding;
    return rest < 0 ? wanted - this.#wantedFrom(now + steps, -rest) : wanted + this.#wantedFrom(now, rest);
  }

  /** In fewer steps than a round has. */
  #wantedFrom(now: number, steps: number): number {
    const wanting = this.#wanting;
    let wanted = 0;
    let residue = now % this.block_size;
    for (let left = steps; left > 0; left--) {
      wanted += wanting[residue] ?? 0;
      if (++residue === wanting.length) residue = 0;
    }
    return wanted;
  }

  /** Steps from token clock `now` on for which the free blocks last, at most `most`. */
  stepsLeft(now: number, most: number): number {
    if (!this.limited || this.#decoding === 0) return most;
    const rounds = Math.floor(this.free / this.#decoding);
    return rounds * this.block_size >= most ? most : this.#stepsAfter(rounds, now, most);
  }

  /** As `stepsLeft`, for that many rounds and less than another. */
  #stepsAfter(rounds: number, now: number, most: number): number {
    let steps = rounds * this.block_size;
    const wanting = this.#wanting;
    let left = this.free - rounds * this.#decoding;
    let residue = now % this.block_size;
    while (steps < most) {
      left -= wanting[residue] ?? 0;
      if (left < 0) break;
      if (++residue === wanting.length) residue = 0;
      steps++;
    }
    return steps;
  }

  #count(computed: number, now: number, change: number): void {
    if (!this.limited) return;
    const ahead = (now % this.block_size) - (computed % this.block_size);
    const residue = ahead < 0 ? ahead + this.block_size : ahead;
    this.#wanting[residue] = (this.#wanting[residue] ?? 0) + change;
    this.#decoding += change;
  }
}
