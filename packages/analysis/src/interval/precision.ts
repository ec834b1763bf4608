/**
 * When independent runs are enough: the interval is as narrow as asked for.
 * Knows no simulation. Looking after every run and stopping at a lucky narrow interval makes it hold the truth a little
 * less often than its level says; `min_runs` keeps that small, and `pnpm bench:coverage` measures it.
 */
import { type MeanInterval, meanInterval } from './mean-interval.ts';

export interface Precision {
  /** The half-width that is narrow enough: in the unit of the values, or as a share of the mean's magnitude. */
  readonly half_width: number;
  readonly relative: boolean;
  /** Runs before the first look, at least 2. */
  readonly min_runs: number;
  /** Runs after which it ends in any case. */
  readonly max_runs: number;
  readonly level: number;
}

/**
 * Whether an interval is as narrow as asked for.
 *
 * @example
 * isPrecise(meanInterval([9, 10, 11]), { ...precision, half_width: 0.5, relative: true }); // true: 2.5 of 10
 */
export function isPrecise(
  { mean, half_width }: MeanInterval,
  target: Pick<Precision, 'half_width' | 'relative'>,
): boolean {
  return half_width <= (target.relative ? target.half_width * Math.abs(mean) : target.half_width);
}

/**
 * After how many of the values, in their order, the interval was first narrow enough; null when it never was.
 * A. M. Law, "Simulation Modeling and Analysis" (2015), section 9.4.1.
 *
 * @throws RangeError when the precision leaves its domain or a value is not finite.
 * @example
 * runsUntilPrecise(values, { half_width: 0.05, relative: true, min_runs: 10, max_runs: 100, level: 0.95 });
 */
export function runsUntilPrecise(values: readonly number[], precision: Precision): number | null {
  requirePrecision(precision);
  const until = Math.min(values.length, precision.max_runs);
  for (let runs = precision.min_runs; runs <= until; runs++) {
    if (isPrecise(meanInterval(values.slice(0, runs), precision.level), precision)) return runs;
  }
  return null;
}

/** @throws RangeError when a precision asks for what cannot be. */
export function requirePrecision({ half_width, min_runs, max_runs }: Precision): void {
  if (!(half_width > 0 && half_width < Number.POSITIVE_INFINITY))
    throw new RangeError(`half_width must be positive and finite, got ${half_width}`);
  if (!(Number.isSafeInteger(min_runs) && min_runs >= 2))
    throw new RangeError(`min_runs must be a whole number of at least 2, got ${min_runs}`);
  if (!(Number.isSafeInteger(max_runs) && max_runs >= min_runs))
    throw new RangeError(
      `max_runs must be a whole number of at least min_runs = ${min_runs}, got ${max_runs}`,
    );
}
