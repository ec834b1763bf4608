/**
 * The confidence interval of a mean from independent values.
 * Knows no simulation: whether the values are independent is the caller's matter.
 */
import { mean, sampleStandardDeviation } from 'simple-statistics';
import { tQuantile } from './student-t.ts';

/** Where a mean lies with probability `level`: [low, high] = mean ± half_width, in the unit of the values. */
export interface MeanInterval {
  readonly mean: number;
  readonly half_width: number;
  readonly low: number;
  readonly high: number;
  /** Number of values. */
  readonly n: number;
  /** Probability that such an interval holds the true mean. */
  readonly level: number;
}

/**
 * Student's t interval: mean ± t · s/√n, with n − 1 degrees of freedom. Student, "The probable error of a mean",
 * Biometrika 6 (1908); A. M. Law, "Simulation Modeling and Analysis" (2015), section 4.5.
 *
 * @param values - at least two independent finite values
 * @param level - strictly between 0 and 1
 * @throws RangeError when an argument leaves its domain.
 * @example
 * meanInterval([1.2, 1.5, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.5, 1.09], 0.9); // 1.343 ± 0.237
 */
export function meanInterval(values: ArrayLike<number>, level = 0.95): MeanInterval {
  if (!(level > 0 && level < 1)) throw new RangeError(`level must lie in (0, 1), got ${level}`);
  const sample = Array.from(values);
  const n = sample.length;
  if (n < 2) throw new RangeError(`values must hold at least 2 numbers, got ${n}`);
  const odd = sample.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) throw new RangeError(`values must be finite, got ${sample[odd]} at ${odd}`);
  const center = mean(sample);
  const half_width = tQuantile((1 + level) / 2, n - 1) * (sampleStandardDeviation(sample) / Math.sqrt(n));
  return { mean: center, half_width, low: center - half_width, high: center + half_width, n, level };
}
