/**
 * How two options differ when both were given the same luck: the interval of the differences, pair by pair.
 * Knows no simulation: that the pairs share their random numbers is the caller's matter.
 */
import { sampleCorrelation, sampleVariance } from 'simple-statistics';
import { type MeanInterval, meanInterval } from './mean-interval.ts';

/**
 * What is closer than this, relative to either, differs by rounding alone. Times of a run are right to 1e-9, and a TPOT is
 * a small difference of two of them.
 */
const ROUNDING = 1e-9;

export interface PairedDifference {
  /** Of the second less the first, in the unit of the values. */
  readonly interval: MeanInterval;
  /** Whether the interval leaves out zero. Not seen is not the same as equal: more pairs may show it. */
  readonly seen: boolean;
  /** The mean difference as a share of the mean of the first; null when that is 0. */
  readonly relative: number | null;
  /** Of the pairs, from −1 to 1; null when one side does not vary. */
  readonly correlation: number | null;
  /**
   * Variance of the differences over that of independent runs, var(b − a) / (var a + var b): below 1 is what the common
   * random numbers saved, half the runs at ½. Null when neither side varies.
   */
  readonly variance_ratio: number | null;
}

/**
 * The interval of `second − first` over pairs, by Student's t. A. M. Law, "Simulation Modeling and Analysis" (2015),
 * sections 10.2.1 and 11.2.
 *
 * @param first - at least two finite values
 * @param second - as many; the i-th of both share their random numbers
 * @throws RangeError when the lengths differ or an argument leaves its domain.
 * @example
 * pairedDifference([1, 2, 3], [1.5, 2.6, 3.4]).interval.mean; // 0.5
 */
export function pairedDifference(
  first: readonly number[],
  second: readonly number[],
  level = 0.95,
): PairedDifference {
  if (first.length !== second.length) {
    throw new RangeError(`first and second must be equally long, got ${first.length} and ${second.length}`);
  }
  const differences = first.map((value, index) => between(value, second[index] ?? Number.NaN));
  const interval = meanInterval(differences, level);
  const [before, after] = [sampleVariance([...first]), sampleVariance([...second])];
  const mean = first.reduce((sum, value) => sum + value, 0) / first.length;
  return {
    interval,
    seen: interval.low > 0 || interval.high < 0,
    relative: mean === 0 ? null : interval.mean / mean,
    correlation: before > 0 && after > 0 ? sampleCorrelation([...first], [...second]) : null,
    variance_ratio: before + after > 0 ? sampleVariance(differences) / (before + after) : null,
  };
}

function between(before: number, after: number): number {
  const difference = after - before;
  return Math.abs(difference) <= ROUNDING * Math.max(Math.abs(before), Math.abs(after)) ? 0 : difference;
}
