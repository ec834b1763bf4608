/**
 * Intervals of statistics whose distribution nobody knows: the statistic over rows drawn again with replacement.
 * Knows no statistic.
 */
import { quantile, uniformStream } from '@llmsim/engine';

/** Where a statistic lies, by the percentiles of its resamples; both ends null without a number. */
export interface BootstrapInterval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 1000;

/**
 * The percentile intervals of several statistics of the same rows. B. Efron and R. J. Tibshirani, "An Introduction to
 * the Bootstrap" (1993), chapter 13.
 *
 * @param rows - number of rows
 * @param statistics - of rows given by their indices, a row perhaps more than once
 * @param seed - of the drawing; the same seed gives the same intervals
 */
export function bootstrap(
  rows: number,
  statistics: (indices: Int32Array) => readonly number[],
  seed: number,
  level = 0.95,
): BootstrapInterval[] {
  const uniform = uniformStream(seed, 'bootstrap');
  const indices = Int32Array.from({ length: rows }, (_, row) => row);
  const estimates = statistics(indices);
  const drawn = estimates.map(() => new Float64Array(RESAMPLES));
  for (let sample = 0; sample < RESAMPLES; sample++) {
    for (let row = 0; row < rows; row++) indices[row] = Math.floor(uniform() * rows);
    for (const [which, value] of statistics(indices).entries()) {
      const column = drawn[which];
      if (column !== undefined) column[sample] = value;
    }
  }
  return estimates.map((estimate, which) => {
    const sorted = (drawn[which] ?? new Float64Array()).filter(Number.isFinite).sort();
    if (sorted.length === 0) return { estimate, low: Number.NaN, high: Number.NaN };
    return {
      estimate,
      low: quantile(sorted, (1 - level) / 2),
      high: quantile(sorted, (1 + level) / 2),
    };
  });
}
