/**
 * The interval of a quantile from one sample of independent values, free of any assumption on their law.
 * Knows no simulation. Latencies of one run depend on their neighbours in the queue, which makes the truth lie outside
 * more often than `coverage` says: over replications, take `meanInterval` of the percentile of each run instead.
 */
import { quantile } from '@llmsim/engine';
import { binomialTable } from './binomial.ts';

export interface QuantileInterval {
  /** The type-7 quantile of the sample. */
  readonly estimate: number;
  /** Values of the sample. */
  readonly low: number;
  readonly high: number;
  /** Of `low` and `high` in the ascending sample, from 1. */
  readonly ranks: readonly [low: number, high: number];
  /** Probability that such an interval holds the quantile: at least `level`, for ranks are whole. */
  readonly coverage: number;
  readonly n: number;
  readonly level: number;
}

/**
 * From which to which order statistic the p-quantile lies, from the binomial number of values below it. H. A. David and
 * H. N. Nagaraja, "Order Statistics" (2003), section 7.1.
 *
 * @param values - independent, in any order
 * @param p - strictly between 0 and 1
 * @returns null when the sample is too small to say: the 95 % interval of a p99 needs 368 values.
 * @throws RangeError when an argument leaves its domain.
 * @example
 * quantileInterval(Float64Array.from({ length: 100 }, (_, i) => i + 1), 0.5)?.ranks; // [40, 61]
 */
export function quantileInterval(
  values: ArrayLike<number>,
  p: number,
  level = 0.95,
): QuantileInterval | null {
  if (!(p > 0 && p < 1)) throw new RangeError(`p must lie in (0, 1), got ${p}`);
  if (!(level > 0 && level < 1)) throw new RangeError(`level must lie in (0, 1), got ${level}`);
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  if (n === 0) return null;
  const { from, cumulative } = binomialTable(n, p);
  const atMost = (k: number): number => (k < from ? 0 : (cumulative[k - from] ?? 1));
  const tail = (1 - level) / 2;
  // The largest rank l with P(X ≤ l − 1) ≤ tail, and the smallest u with P(X ≤ u − 1) ≥ 1 − tail.
  const firstAbove = cumulative.findIndex((probability) => probability > tail);
  const low = from + firstAbove;
  const firstEnough = cumulative.findIndex((probability) => probability >= 1 - tail);
  const high = from + (firstEnough < 0 ? cumulative.length : firstEnough) + 1;
  if (low < 1 || high > n) return null;
  return {
    estimate: quantile(sorted, p),
    low: sorted[low - 1] ?? Number.NaN,
    high: sorted[high - 1] ?? Number.NaN,
    ranks: [low, high],
    coverage: atMost(high - 1) - atMost(low - 1),
    n,
    level,
  };
}
