/**
 * Time averages of how many requests wait and how many GPUs are busy in one pool: over the measurement window and,
 * for plots, over equal bins from time 0.
 * Knows no queue: it is told the levels. Between two edges (of a bin or of the window) only two sums move.
 */

/** Bins of a run of known length. */
const BINS = 200;
/** A run of unknown length starts with bins this wide and doubles the width whenever it has filled `MAX_BINS`. */
const FIRST_BIN_S = 0.125;
const MAX_BINS = 256;

export interface PoolLevels {
  readonly mean_waiting: number;
  readonly mean_busy: number;
  readonly max_waiting: number;
  readonly bin_s: number;
  readonly waiting: readonly number[];
  readonly busy: readonly number[];
}

export class PoolMeter {
  /** Levels now; `advance` before they change. */
  waiting = 0;
  busy = 0;

  readonly #from: number;
  readonly #lastBin: number;
  readonly #binWaiting: number[] = [];
  readonly #binBusy: number[] = [];
  #bin = 0;
  #bin_s: number;
  #inWindow: boolean;
  #windowWaiting = Number.NaN;
  #windowBusy = Number.NaN;
  #max = 0;
  #last = Number.NaN;
  #edge: number;
  #sumWaiting = Number.NaN;
  #sumBusy = Number.NaN;

  /** `from` opens the window; `until` is the end of the run, Infinity if it is not known. */
  constructor(from: number, until: number) {
    // NaN before, so that they are fractions from the start: see Decisions in ARCHITECTURE.md.
    this.#windowWaiting = 0;
    this.#windowBusy = 0;
    this.#last = 0;
    this.#sumWaiting = 0;
    this.#sumBusy = 0;
    const known = Number.isFinite(until);
    this.#from = from;
    this.#inWindow = from === 0;
    this.#bin_s = known ? until / BINS : FIRST_BIN_S;
    this.#lastBin = known ? BINS - 1 : Number.POSITIVE_INFINITY;
    this.#edge = this.#nextEdge();
  }

  /** Tells that the levels are about to change at `t`. */
  advance(t: number): void {
    while (t >= this.#edge) this.#cross();
    this.#accrue(t);
  }

  /** Averages over [from, end) and over the bins up to `end`; ends the measurement. */
  read(end: number): PoolLevels {
    this.advance(end);
    this.#flush();
    const window = end - this.#from;
    const average = (sums: readonly number[]): number[] =>
      sums
        .map((sum, bin) => [sum, Math.min(this.#bin_s, end - bin * this.#bin_s)] as const)
        .filter(([, length]) => length > 0)
        .map(([sum, length]) => sum / length);
    return {
      mean_waiting: window > 0 ? this.#windowWaiting / window : 0,
      mean_busy: window > 0 ? this.#windowBusy / window : 0,
      max_waiting: this.#inWindow ? this.#max : 0,
      bin_s: this.#bin_s,
      waiting: average(this.#binWaiting),
      busy: average(this.#binBusy),
    };
  }

  #accrue(t: number): void {
    const span = t - this.#last;
    // Who joins and leaves the queue at the same instant has not waited.
    if (span > 0 && this.waiting > this.#max) this.#max = this.waiting;
    this.#sumWaiting += span * this.waiting;
    this.#sumBusy += span * this.busy;
    this.#last = t;
  }

  #cross(): void {
    this.#accrue(this.#edge);
    this.#flush();
    if (this.#edge === this.#from) {
      this.#inWindow = true;
      this.#max = this.waiting;
    }
    if (this.#edge >= (this.#bin + 1) * this.#bin_s && ++this.#bin === MAX_BINS) this.#widen();
    this.#edge = this.#nextEdge();
  }

  /** Moves the sums since the last edge into their bin and, inside the window, into the window. */
  #flush(): void {
    this.#binWaiting[this.#bin] = (this.#binWaiting[this.#bin] ?? 0) + this.#sumWaiting;
    this.#binBusy[this.#bin] = (this.#binBusy[this.#bin] ?? 0) + this.#sumBusy;
    if (this.#inWindow) {
      this.#windowWaiting += this.#sumWaiting;
      this.#windowBusy += this.#sumBusy;
    }
    this.#sumWaiting = 0;
    this.#sumBusy = 0;
  }

  #nextEdge(): number {
    const binEnd = this.#bin < this.#lastBin ? (this.#bin + 1) * this.#bin_s : Number.POSITIVE_INFINITY;
    return !this.#inWindow && this.#from < binEnd ? this.#from : binEnd;
  }

  #widen(): void {
    for (const sums of [this.#binWaiting, this.#binBusy]) {
      for (let bin = 0; bin < MAX_BINS / 2; bin++)
        sums[bin] = (sums[2 * bin] ?? 0) + (sums[2 * bin + 1] ?? 0);
      sums.length = MAX_BINS / 2;
    }
    this.#bin = MAX_BINS / 2;
    this.#bin_s *= 2;
  }
}
