/**
 * A sample that keeps every value, 8 bytes each, and gives exact type-7 quantiles.
 * Knows no metric. Order statistics come from sorting one bucket, not the sample.
 */
import type { Summary } from '../result.ts';
import { BUCKETS, bucketOf } from './log-buckets.ts';
import { Moments } from './moments.ts';
import { quantileOf } from './quantile.ts';
import { type Sample, summaryOf } from './sample.ts';
import { select } from './select.ts';

const CHUNK = 8192;

export class ExactSample implements Sample {
  readonly #moments = new Moments();
  readonly #full: Float64Array[] = [];
  #last = new Float64Array(CHUNK);
  #used = 0;
  /** Values of the last chunk that the moments know. */
  #known = 0;

  addAll(values: ArrayLike<number>, count: number): void {
    for (let i = 0; i < count; i++) {
      this.#last[this.#used++] = values[i] ?? Number.NaN;
      if (this.#used === CHUNK) this.#begin();
    }
  }

  /** The values in the order they came. */
  values(): Float64Array {
    const all = new Float64Array(this.#full.length * CHUNK + this.#used);
    let at = 0;
    for (const chunk of this.#chunks()) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }

  forget(): void {
    this.#full.length = 0;
    this.#last = new Float64Array(0);
    this.#used = 0;
  }

  summary(): Summary {
    this.#note();
    const n = this.#moments.count;
    const ranked = n === 0 ? () => Number.NaN : this.#orderStatistics();
    return summaryOf(this.#moments, (p) => quantileOf(n, p, ranked));
  }

  /** Puts the full chunk away. */
  #begin(): void {
    this.#note();
    this.#full.push(this.#last);
    this.#last = new Float64Array(CHUNK);
    this.#used = 0;
    this.#known = 0;
  }

  /** Tells the moments what came since they were last told. */
  #note(): void {
    if (this.#known < this.#used) this.#moments.addAll(this.#last, this.#known, this.#used);
    this.#known = this.#used;
  }

  #chunks(): Float64Array[] {
    return [...this.#full, this.#last.subarray(0, this.#used)];
  }

  /** Counts the sample into buckets once; then each rank costs a look at one bucket. */
  #orderStatistics(): (rank: number) => number {
    const counts = new Int32Array(BUCKETS);
    for (const chunk of this.#chunks()) {
      for (let i = 0; i < chunk.length; i++) {
        const bucket = bucketOf(chunk[i] ?? 0);
        counts[bucket] = (counts[bucket] ?? 0) + 1;
      }
    }
    const gathered = new Map<number, Float64Array>();
    return (rank) => {
      let bucket = 0;
      let below = 0;
      while (below + (counts[bucket] ?? 0) <= rank) below += counts[bucket++] ?? 0;
      const values = gathered.get(bucket) ?? this.#gather(bucket, counts[bucket] ?? 0);
      gathered.set(bucket, values);
      return select(values, rank - below);
    };
  }

  #gather(bucket: number, count: number): Float64Array {
    const values = new Float64Array(count);
    let at = 0;
    for (const chunk of this.#chunks()) {
      for (let i = 0; i < chunk.length; i++) {
        const value = chunk[i] ?? 0;
        if (bucketOf(value) === bucket) values[at++] = value;
      }
    }
    return values;
  }
}
