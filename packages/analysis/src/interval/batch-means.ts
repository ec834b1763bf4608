/**
 * The confidence interval of a mean from one long run whose values depend on their neighbours.
 * Knows no simulation. Batches that are long against the dependence have nearly independent means.
 */
import { mean, sampleVariance } from 'simple-statistics';
import { type MeanInterval, meanInterval } from './mean-interval.ts';

export interface BatchMeans {
  /** Interval of the mean over the batches. */
  readonly interval: MeanInterval;
  /** Mean of each batch, in order. */
  readonly means: readonly number[];
  /** Values in a batch. */
  readonly batch_size: number;
  /** Values left out at the start, so that all batches are equally long. */
  readonly dropped: number;
  /** Lag-1 autocorrelation of the batch means; well above 0 says that the batches are too short for the interval. */
  readonly lag1: number;
}

/**
 * Cuts a run into equal batches and takes the t interval of their means. A few long batches are better than many:
 * 10 to 30, says B. Schmeiser, "Batch size effects in the analysis of simulation output", Operations Research 30 (1982).
 *
 * @param values - in the order they came, at least one to a batch
 * @param batches - whole number of at least 2
 * @param level - strictly between 0 and 1
 * @throws RangeError when an argument leaves its domain.
 * @example
 * batchMeans([1, 3, 2, 4, 3, 5], 3).means; // [2, 3, 4]
 */
export function batchMeans(values: ArrayLike<number>, batches = 20, level = 0.95): BatchMeans {
  if (!(Number.isSafeInteger(batches) && batches >= 2)) {
    throw new RangeError(`batches must be a whole number of at least 2, got ${batches}`);
  }
  const batch_size = Math.floor(values.length / batches);
  if (batch_size < 1)
    throw new RangeError(`values must hold at least ${batches} numbers, got ${values.length}`);
  const all = Array.from(values);
  const dropped = all.length - batches * batch_size;
  const means = Array.from({ length: batches }, (_, batch) => {
    const from = dropped + batch * batch_size;
    return mean(all.slice(from, from + batch_size));
  });
  return {
    interval: meanInterval(means, level),
    means,
    batch_size,
    dropped,
    lag1: lag1Autocorrelation(means),
  };
}

/** Σ(xᵢ − m)(xᵢ₊₁ − m) / Σ(xᵢ − m)²; 0 for values that are all alike. */
function lag1Autocorrelation(values: readonly number[]): number {
  const spread = sampleVariance([...values]) * (values.length - 1);
  if (spread === 0) return 0;
  const center = mean([...values]);
  let products = 0;
  for (const [i, value] of values.slice(1).entries())
    products += (value - center) * ((values[i] ?? center) - center);
  return products / spread;
}
