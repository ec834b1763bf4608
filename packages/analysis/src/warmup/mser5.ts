/**
 * How much of the start of a series to leave out because the system was still filling up: the rule MSER-5.
 * Knows no simulation: a series is numbers in order of time.
 */

const BATCH = 5;

export interface Truncation {
  /** Values to leave out at the start, a multiple of 5. */
  readonly drop: number;
  /**
   * Whether the rule found its place in the first half. If not, the series is too short for its transient, or never
   * settles: run longer.
   */
  readonly settled: boolean;
  /** Values looked at: the largest multiple of 5. */
  readonly n: number;
}

/**
 * The start after which the mean of the rest is known best: of all d, that with the least Σ(yⱼ − ȳ)² / (n − d)² over the
 * means y of batches of five. K. P. White, "An effective truncation heuristic for bias reduction in simulation output",
 * Simulation 69 (1997); K. P. White, M. J. Cobb and S. C. Spratt, "A comparison of five steady-state truncation
 * heuristics for simulation", Winter Simulation Conference (2000).
 *
 * @throws RangeError for a value that is not finite.
 * @example
 * mser5([9, 8, 9, 8, 9, 1, 2, 1, 2, 1, 2, 1, 1, 2, 2, 1, 2, 1, 2, 1]).drop; // 5
 */
export function mser5(series: ArrayLike<number>): Truncation {
  const batches = Math.floor(series.length / BATCH);
  const means: number[] = [];
  for (let batch = 0; batch < batches; batch++) means.push(batchMean(series, batch * BATCH));

  let best = { drop: 0, statistic: Number.POSITIVE_INFINITY };
  // From the end, so that sums over the rest grow by one batch at a time (Welford).
  let mean = 0;
  let squares = 0;
  for (let drop = batches - 1, kept = 1; drop >= 0; drop--, kept++) {
    const value = means[drop] ?? 0;
    const step = value - mean;
    mean += step / kept;
    squares += step * (value - mean);
    // The last few batches may be alike by chance, so only half of the series can be dropped. Ties drop less.
    if (drop > batches / 2) continue;
    const statistic = squares / kept ** 2;
    if (statistic <= best.statistic) best = { drop, statistic };
  }
  return {
    drop: best.drop * BATCH,
    settled: best.drop < Math.floor(batches / 2) || batches < 2,
    n: batches * BATCH,
  };
}

function batchMean(series: ArrayLike<number>, from: number): number {
  let sum = 0;
  for (let i = from; i < from + BATCH; i++) {
    const value = series[i] ?? Number.NaN;
    if (!Number.isFinite(value)) throw new RangeError(`series must be finite, got ${value} at ${i}`);
    sum += value;
  }
  return sum / BATCH;
}
