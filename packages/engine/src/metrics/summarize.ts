/**
 * The summary of an array of values.
 */
import type { Summary } from '../result.ts';
import { ExactSample } from './exact-sample.ts';

/**
 * Summary of given values; all but the count are null when there are none.
 *
 * @example
 * summarize(Float64Array.of(1, 2, 3)).p50; // 2
 */
export function summarize(values: ArrayLike<number>): Summary {
  const sample = new ExactSample();
  sample.addAll(values, values.length);
  return sample.summary();
}
