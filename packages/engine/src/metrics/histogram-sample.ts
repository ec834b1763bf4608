/**
 * A sample that keeps counts in log buckets: constant memory, quantiles within `HISTOGRAM_RELATIVE_ERROR`.
 * Knows no metric. Two of them merge into what one would have counted.
 *
 * Values are counted a block at a time: the same sums in the same order, in one loop instead of many calls.
 */
import type { Summary } from '../result.ts';
import { BUCKETS, bucketFloor, bucketMiddle, bucketOf } from './log-buckets.ts';
import { Moments } from './moments.ts';
import { quantileOf } from './quantile.ts';
import { type Sample, summaryOf } from './sample.ts';

const BLOCK = 256;

export class HistogramSample implements Sample {
  readonly #moments = new Moments();
  readonly #counts = new Float64Array(BUCKETS);
  /** Values still to be counted. */
  readonly #block = new Float64Array(BLOCK);
  #held = 0;

  add(value: number, weight = 1): void {
    if (weight !== 1) {
      this.#addTimes(value, weight);
      return;
    }
    this.#block[this.#held++] = value;
    if (this.#held === BLOCK) this.#count();
  }

  /** Adds `first`, `first + increase` … `n` values, each `weight` times, in time that grows with the buckets met. */
  addSeries(first: number, increase: number, n: number, weight: number): void {
    this.#count();
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
    this.#count();
    other.#count();
    this.#moments.merge(other.#moments);
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + (other.#counts[bucket] ?? 0);
    }
  }

  summary(): Summary {
    this.#count();
    return summaryOf(this.#moments, (p) => this.quantile(p));
  }

  /** The type-7 p-quantile with each value moved to the middle of its bucket, inside the sample's range. */
  quantile(p: number): number {
    this.#count();
    const { count, min, max } = this.#moments;
    return quantileOf(count, p, (rank) =>
      Math.min(Math.max(bucketMiddle(this.#bucketOfRank(rank)), min), max),
    );
  }

  #addTimes(value: number, weight: number): void {
    this.#count();
    this.#moments.add(value, weight);
    const bucket = bucketOf(value);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + weight;
  }

  #count(): void {
    if (this.#held === 0) return;
    const block = this.#block;
    const held = this.#held;
    const counts = this.#counts;
    this.#moments.addAll(block, 0, held);
    for (let i = 0; i < held; i++) {
      const bucket = bucketOf(block[i] ?? 0);
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    }
    this.#held = 0;
  }

  #bucketOfRank(rank: number): number {
    let bucket = 0;
    let below = this.#counts[0] ?? 0;
    while (below <= rank && bucket < BUCKETS - 1) below += this.#counts[++bucket] ?? 0;
    return bucket;
  }
}
