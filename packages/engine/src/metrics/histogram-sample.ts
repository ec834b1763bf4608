/**
 * A sample that keeps counts in log buckets: constant memory, quantiles within `HISTOGRAM_RELATIVE_ERROR`.
 * Knows no metric. Two of them merge into what one would have counted.
 */
import type { Summary } from '../result.ts';
import { BUCKETS, bucketMiddle, bucketOf } from './log-buckets.ts';
import { Moments } from './moments.ts';
import { quantileOf } from './quantile.ts';
import { type Sample, summaryOf } from './sample.ts';

export class HistogramSample implements Sample {
  readonly #moments = new Moments();
  readonly #counts = new Float64Array(BUCKETS);

  add(value: number, weight = 1): void {
    this.#moments.add(value, weight);
    const bucket = bucketOf(value);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + weight;
  }

  merge(other: HistogramSample): void {
    this.#moments.merge(other.#moments);
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + (other.#counts[bucket] ?? 0);
    }
  }

  summary(): Summary {
    return summaryOf(this.#moments, (p) => this.quantile(p));
  }

  /** The type-7 p-quantile with each value moved to the middle of its bucket, inside the sample's range. */
  quantile(p: number): number {
    const { count, min, max } = this.#moments;
    return quantileOf(count, p, (rank) =>
      Math.min(Math.max(bucketMiddle(this.#bucketOfRank(rank)), min), max),
    );
  }

  #bucketOfRank(rank: number): number {
    let bucket = 0;
    let below = this.#counts[0] ?? 0;
    while (below <= rank && bucket < BUCKETS - 1) below += this.#counts[++bucket] ?? 0;
    return bucket;
  }
}
