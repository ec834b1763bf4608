/**
 * Whether the start of one series lies below the rest by more than the rest varies. Knows no simulation.
 */
import { batchMeans } from '../interval/batch-means.ts';
import { tQuantile } from '../interval/student-t.ts';

/** Stretches of the rest that say how much it varies, so long that they hardly depend on each other. */
const BATCHES = 10;

/** Chance to call a start emptier that is not, were it not chosen for its looks. */
const RISK = 0.025;

/**
 * One-sided, since systems that start empty fill up: a busy start is no warm-up. The variance of a mean over n values that
 * depend on their neighbours is σ²/n, and σ² is n times that of batches of n; A. M. Law, "Simulation Modeling and
 * Analysis" (2015), section 9.5.3. False where there is nothing to compare.
 *
 * @example
 * isEmptier([0, 1, 2], [5, 4, 5, 4, 5, 4, 5, 4, 5, 4, 5, 4]); // true
 */
export function isEmptier(start: ArrayLike<number>, rest: ArrayLike<number>): boolean {
  if (start.length === 0 || rest.length < BATCHES) return false;
  const { interval, batch_size } = batchMeans(rest, BATCHES);
  const standard_error = interval.half_width / tQuantile((1 + interval.level) / 2, BATCHES - 1);
  const variance = standard_error ** 2 * BATCHES * batch_size;
  const gap = interval.mean - average(start);
  const spread = Math.sqrt(variance / start.length + variance / (BATCHES * batch_size));
  return gap > tQuantile(1 - RISK, BATCHES - 1) * spread;
}

function average(values: ArrayLike<number>): number {
  return Array.from(values).reduce((total, value) => total + value, 0) / values.length;
}
