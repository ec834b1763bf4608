/**
 * What a metric does with its values: a `Sample` takes them as they come and ends as a `Summary`.
 * Knows no metric by name and no way of keeping values.
 */
import type { Summary } from '../result.ts';
import type { Moments } from './moments.ts';

export interface Sample {
  /** Adds the first `count` of `values`, in their order. */
  addAll(values: ArrayLike<number>, count: number): void;
  summary(): Summary;
  /** The values in the order they came, where they are kept. */
  values?(): Float64Array;
  /** Lets go of the values that are kept; the sample is not to be read any more. */
  forget?(): void;
}

/** Joins moments and quantiles; all null for an empty sample. */
export function summaryOf(moments: Moments, at: (p: number) => number): Summary {
  const { count } = moments;
  if (count === 0) {
    return { count, mean: null, std: null, min: null, max: null, p50: null, p90: null, p95: null, p99: null };
  }
  const { mean, std, min, max } = moments;
  return { count, mean, std, min, max, p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99) };
}
