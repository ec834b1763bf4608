/**
 * A sample that keeps counts in log buckets: constant memory, quantiles within `HISTOGRAM_RELATIVE_ERROR`.
 * Knows no metric. Two of them merge into what one would have counted.
 */
import type { Summary } from '../result.ts';
import { BUCKETS, bucketFloor, bucketMiddle, bucketOf } from './log-buckets.ts';
import { Moments } from './moments.ts';
import { quantileOf } from './quantile.ts';
import { type Sample, summaryOf } from './sample.ts';

export class HistogramSample implements Sample {
  readonly #moments = new Moments();
  readonly #counts = new Float64Array(BUCKETS);

  /** Adds a value that came `weight` times. */
  add(value: number, weight = 1): void {
    this.#moments.add(value, weight);
    const bucket = bucketOf(value);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + weight;
  }

  addAll(values: ArrayLike<number>, count: number): void {
    const counts = this.#counts;
    this.#moments.addAll(values, 0, count);
    for (let i = 0; i < count; i++) {
      const bucket = bucketOf(values[i] ?? 0);
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    }
  }

  /** Adds `first`, `first + increase` … `n` values, each `weight` times, in time that grows with the buckets met. */
  addSeries(first: number, increase: number, n: number, weight: number): void {
    this.#moments.addSeries(first, increase, n, weight);
    for (let from = 0; from < n; ) {
      const bucket = bucketOf(first + from * increase);
      // Most series end in the bucket that they begin in: no need to find out where they leave it.
      if (first + (n - 1) * increase < bucketFloor(bucket + 1)) {
        this.#counts[bucket] = (this.#counts[bucket] ?? 0) + (n - from) * weight;
        return;
      }
      const beyond = Math.ceil((bucketFloor(bucket + 1) - first) / increase);
      const to = bucket === BUCKETS - 1 ? n : Math.min(Math.max(beyond, from + 1), n);
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + (to - from) * weight;
      from = to;
    }
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
