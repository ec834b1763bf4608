/**
 * Mean and variability of a law that is known only by how it is drawn.
 * Knows no law. Where one uniform gives one value, chosen uniforms give the law's quantiles; what a law draws beyond
 * the first comes from a stream.
 */
import { type Distribution, uniformStream } from '@llmsim/engine';

/** Uniforms between 1/4 and 1/2. */
const MOST_POINTS = 4096;
/** Uniforms in each of the narrower stretches of a tail. */
const FEWEST_POINTS = 64;
/** The last stretch of a tail has a probability of 2^−TAIL; the last uniform in it is still less than 1. */
const TAIL = 40;

export interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/**
 * The first two moments, by the midpoint rule over the quantiles, in stretches that halve towards both ends: most of
 * the variance of a skewed law lies in its last quantiles.
 */
export function momentsOf(law: Distribution): Moments {
  const more = uniformStream(0, 'moments');
  let quantile = 0;
  let first = true;
  const next = law(() => {
    const uniform = first ? quantile : more();
    first = false;
    return uniform;
  });
  let total = 0;
  let mean = 0;
  let squares = 0;
  const add = (at: number, weight: number): void => {
    quantile = at;
    first = true;
    const value = next();
    const step = value - mean;
    total += weight;
    mean += (step * weight) / total;
    squares += weight * step * (value - mean);
  };
  for (let halvings = 1; halvings <= TAIL; halvings++) {
    const points = Math.max(MOST_POINTS * 2 ** (1 - halvings), FEWEST_POINTS);
    // The last stretch reaches the end.
    const from = halvings === TAIL ? 0 : 2 ** -(halvings + 1);
    const width = (2 ** -halvings - from) / points;
    for (let point = 0; point < points; point++) {
      const tail = from + (point + 0.5) * width;
      add(tail, width);
      add(1 - tail, width);
    }
  }
  return { mean, variance: squares / total };
}

/** Squared coefficient of variation. */
export function scvOf({ mean, variance }: Moments): number {
  return variance / mean ** 2;
}
