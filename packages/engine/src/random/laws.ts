/**
 * The distributions that ship: each a function from parameters to a `Distribution`.
 * Knows no seeds and no configuration modes.
 */
import { given } from '../given.ts';
import type { Distribution, Inversion, Uniform } from './distribution.ts';
import { normalQuantile } from './normal.ts';
import { exp, ln } from './portable-math.ts';
import { WholeQuantile } from './whole-quantile.ts';

/** Always `value`. */
export function constant(value: number): Distribution {
  return () => () => value;
}

/**
 * Exponential gaps −ln(1−u)/λ of a Poisson process with `rate_per_s` = λ > 0.
 *
 * @example
 * const gap = exponential(2)(uniformStream(42, 'arrivals'));
 * gap(); // seconds, 0.5 on average
 */
export function exponential(rate_per_s: number): Distribution {
  requirePositive('rate_per_s', rate_per_s);
  return (uniform) => () => -ln(1 - uniform()) / rate_per_s;
}

/** Lognormal with ln X ~ Normal(mu, sigma), sigma ≥ 0. One uniform a value. */
export function lognormal({ mu, sigma }: { readonly mu: number; readonly sigma: number }): Inversion {
  if (!Number.isFinite(mu)) throw new RangeError(`mu must be finite, got ${mu}`);
  if (!(sigma >= 0 && sigma < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`sigma must be at least 0 and finite, got ${sigma}`);
  }
  const quantile = (u: number): number => exp(mu + sigma * normalQuantile(u));
  return Object.assign((uniform: Uniform) => () => quantile(uniform()), { quantile });
}

/**
 * Gamma with the given shape and mean: gaps with coefficient of variation 1/√shape
 * (shape 1 is exponential, below 1 is burstier).
 * Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000).
 */
export function gamma({ shape, mean }: { readonly shape: number; readonly mean: number }): Distribution {
  requirePositive('shape', shape);
  requirePositive('mean', mean);
  const boosted = shape < 1 ? shape + 1 : shape;
  const d = boosted - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  const scale = mean / shape;
  return (uniform) => {
    const standard = (): number => {
      for (;;) {
        const z = normalQuantile(uniform());
        const root = 1 + c * z;
        if (root <= 0) continue;
        const v = root * root * root;
        if (ln(uniform()) < 0.5 * z * z + d - d * v + d * ln(v)) return d * v;
      }
    };
    return shape < 1 ? () => scale * standard() * exp(ln(uniform()) / shape) : () => scale * standard();
  };
}

/** Token counts are kept in 32 bits. */
const MOST_TOKENS = 2 ** 31 - 1;

/**
 * Every whole number from `low` to `high`, both included, with equal probability. One uniform a value.
 *
 * @example
 * const lengths = uniformTokens(Math.floor(0.8 * 1024), 1024);
 */
export function uniformTokens(low: number, high: number): Distribution {
  if (!(Number.isInteger(low) && Number.isInteger(high) && low >= 1 && low <= high && high <= MOST_TOKENS)) {
    throw new RangeError(
      `low and high must be whole numbers with 1 ≤ low ≤ high ≤ ${MOST_TOKENS}, got ${low} and ${high}`,
    );
  }
  const width = high - low + 1;
  return (uniform) => () => low + Math.floor(uniform() * width);
}

/**
 * Whole numbers from a real law: max(⌊x⌋, min_value), at most 2^31 − 1.
 *
 * @throws RangeError when `min_value` is no whole number of at least 1.
 */
export function tokens(of: Distribution | Inversion, min_value = 1): Distribution {
  if (!(Number.isInteger(min_value) && min_value >= 1)) {
    throw new RangeError(`min_value must be a whole number of at least 1, got ${min_value}`);
  }
  if (typeof of !== 'function') {
    throw new RangeError(`tokens() takes a distribution such as lognormal({ mu, sigma }), got ${given(of)}`);
  }
  if ('quantile' in of) {
    const whole = new WholeQuantile(of.quantile);
    return (uniform) => () => bounded(whole.at(uniform()), min_value);
  }
  return (uniform) => {
    const next = of(uniform);
    return () => bounded(Math.floor(next()), min_value);
  };
}

function bounded(count: number, least: number): number {
  if (count < least) return least;
  if (count > MOST_TOKENS) return MOST_TOKENS;
  return count;
}

function requirePositive(name: string, value: number): void {
  if (!(typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${name} must be positive and finite, got ${given(value)}`);
  }
}
