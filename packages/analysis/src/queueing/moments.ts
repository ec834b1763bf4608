/**
 * Mean and variability of a law that is known only by how it is drawn. Knows no law.
 * Where one uniform gives one value, chosen uniforms give the law's quantiles; other laws are sampled.
 */
import { type Distribution, uniformStream } from '@llmsim/engine';

export interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/** The first two moments: of a law of one uniform to 0.1 % also where it is skewed, of others to about 1 %. */
export function momentsOf(law: Distribution): Moments {
  return byQuantiles(law) ?? bySampling(law);
}

/** Uniforms between 1/4 and 1/2. */
const MOST_POINTS = 1024;
/** Uniforms in each of the narrower stretches of a tail. */
const FEWEST_POINTS = 64;
/** The last stretch of a tail has a probability of 2^−TAIL; the last uniform in it is still less than 1. */
const TAIL = 40;

/**
 * The midpoint rule over the quantiles, in stretches that halve towards both ends: most of the variance of a skewed law
 * lies in its last quantiles. Null for a law that draws more than one uniform for a value.
 */
function byQuantiles(law: Distribution): Moments | null {
  const sum = new WeightedSum();
  let uniform = 0;
  let drawn = 0;
  let most = 0;
  const next = law(() => {
    most = Math.max(most, ++drawn);
    return uniform;
  });
  const add = (at: number, weight: number): void => {
    uniform = at;
    drawn = 0;
    sum.add(next(), weight);
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
      if (most > 1) return null;
    }
  }
  return sum.moments;
}

const SAMPLES = 1 << 17;

/** As many values under one seed, the first uniform of each evenly spread. */
function bySampling(law: Distribution): Moments {
  const sum = new WeightedSum();
  const more = uniformStream(0, 'moments');
  let sample = 0;
  let first = true;
  const next = law(() => {
    const uniform = first ? (sample + 0.5) / SAMPLES : more();
    first = false;
    return uniform;
  });
  for (; sample < SAMPLES; sample++) {
    first = true;
    sum.add(next(), 1);
  }
  return sum.moments;
}

/** Mean and squares about it, updated value by value, so that nothing cancels. */
class WeightedSum {
  #weight = 0;
  #mean = 0;
  #squares = 0;

  add(value: number, weight: number): void {
    const step = value - this.#mean;
    this.#weight += weight;
    this.#mean += (step * weight) / this.#weight;
    this.#squares += weight * step * (value - this.#mean);
  }

  get moments(): Moments {
    return { mean: this.#mean, variance: this.#squares / this.#weight };
  }
}

/** Squared coefficient of variation. */
export function scvOf({ mean, variance }: Moments): number {
  return variance / mean ** 2;
}
