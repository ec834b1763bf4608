/**
 * Inter-token latencies, pooled over requests: every gap counts, equal gaps are counted together.
 * Knows no clock. Exact while a run has few distinct gaps, as the token-rate model has one for each decode rate;
 * beyond `MOST_DISTINCT`, or that many gaps of growing series, it goes on as a histogram.
 */
import type { Summary } from '../result.ts';
import { HistogramSample } from './histogram-sample.ts';
import { Moments } from './moments.ts';
import { quantileOf } from './quantile.ts';
import { summaryOf } from './sample.ts';

const MOST_DISTINCT = 4096;

export class GapTally {
  readonly #counts = new Map<number, number>();
  #histogram: HistogramSample | null = null;
  /** The gap of the last requests, whose count is still to be entered. */
  #gap = Number.NaN;
  #pending = 0;
  /** Gaps of series that may still be entered one by one: beyond, a series costs as much as its buckets. */
  #series = MOST_DISTINCT;

  /** Adds `count` gaps of `gap_s` seconds each. */
  add(gap_s: number, count: number): void {
    if (gap_s !== this.#gap) {
      this.#enter();
      this.#gap = gap_s;
    }
    this.#pending += count;
  }

  /** Adds a gap and the `steps` − 1 after it, each `increase_s` longer than the one before, `count` times each. */
  addSeries(gap_s: number, increase_s: number, steps: number, count: number): void {
    if (steps === 1 || increase_s === 0) {
      this.add(gap_s, steps * count);
      return;
    }
    if (this.#histogram === null && steps <= this.#series) {
      this.#series -= steps;
      for (let step = 0; step < steps; step++) this.add(gap_s + step * increase_s, count);
      return;
    }
    if (this.#pending > 0) this.#enter();
    const histogram = this.#histogram ?? this.#asHistogram();
    histogram.addSeries(gap_s, increase_s, steps, count);
  }

  summary(): Summary {
    this.#enter();
    if (this.#histogram !== null) return this.#histogram.summary();
    const moments = new Moments();
    const ascending = [...this.#counts].sort(([a], [b]) => a - b);
    for (const [gap_s, count] of ascending) moments.add(gap_s, count);
    return summaryOf(moments, (p) =>
      quantileOf(moments.count, p, (rank) => {
        let below = 0;
        for (const [gap_s, count] of ascending) {
          below += count;
          if (rank < below) return gap_s;
        }
        return moments.max;
      }),
    );
  }

  #enter(): void {
    if (this.#pending === 0) return;
    if (this.#histogram !== null) {
      this.#histogram.add(this.#gap, this.#pending);
    } else {
      this.#counts.set(this.#gap, (this.#counts.get(this.#gap) ?? 0) + this.#pending);
      if (this.#counts.size > MOST_DISTINCT) this.#asHistogram();
    }
    this.#pending = 0;
  }

  #asHistogram(): HistogramSample {
    const histogram = new HistogramSample();
    for (const [gap_s, count] of this.#counts) histogram.add(gap_s, count);
    this.#counts.clear();
    this.#histogram = histogram;
    return histogram;
  }
}

/** Of `gaps` gaps that follow each other from `first_s` on, those whose later token comes before `instant`. */
export function gapsBefore(instant: number, first_s: number, gap_s: number, gaps: number): number {
  if (gap_s === 0) return first_s < instant ? gaps : 0;
  let count = Math.min(Math.max(Math.ceil((instant - first_s) / gap_s) - 1, 0), gaps);
  while (count < gaps && first_s + (count + 1) * gap_s < instant) count++;
  while (count > 0 && first_s + count * gap_s >= instant) count--;
  return count;
}
