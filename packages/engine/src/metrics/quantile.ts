/**
 * Type-7 quantiles (numpy's default): rank (n − 1)·p, linear between neighbours.
 * Knows no metrics. Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996).
 */

/**
 * The p-quantile of an ascending sample.
 *
 * @throws RangeError when p lies outside [0, 1] or the sample is empty.
 * @example
 * quantile([1, 2, 3, 4], 0.5); // 2.5
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  return quantileOf(sorted.length, p, (rank) => sorted[rank] ?? Number.NaN);
}

/** The p-quantile of a sample of n from its order statistics, `ranked(0)` being the least. */
export function quantileOf(n: number, p: number, ranked: (rank: number) => number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`p must lie in [0, 1], got ${p}`);
  if (n === 0) throw new RangeError('An empty sample has no quantiles');
  const h = (n - 1) * p;
  const below = Math.floor(h);
  const low = ranked(below);
  if (h === below) return low;
  return low + (h - below) * (ranked(below + 1) - low);
}
