/**
 * What a distribution is: a function from a source of uniforms to a sampler.
 * Knows no seeds, no tokens and no particular law.
 */
import { given } from '../given.ts';

/** The next uniform number in the open interval (0, 1). */
export type Uniform = () => number;

/** The next value of one random quantity. */
export type Sampler = () => number;

/**
 * A law to sample from. Your own is a function:
 *
 * @example
 * const twoSizes: Distribution = (uniform) => () => (uniform() < 0.9 ? 200 : 8000);
 */
export type Distribution = (uniform: Uniform) => Sampler;

/**
 * A law drawn by inversion: each value is the quantile of one uniform. `tokens` draws whole numbers from it faster.
 *
 * @example
 * const rayleigh = (u: number) => Math.sqrt(-2 * ln(1 - u));
 * const law: Inversion = Object.assign((uniform: Uniform) => () => rayleigh(uniform()), { quantile: rayleigh });
 */
export interface Inversion extends Distribution {
  /** The value at u in (0, 1); increasing, and smooth. */
  readonly quantile: (u: number) => number;
}

/** @throws RangeError when the law of `name` gives no sampler, such as a sampler that was taken for a law. */
export function samplerOf(name: string, law: Distribution, uniform: Uniform): Sampler {
  const sampler = law(uniform);
  if (typeof sampler === 'function') return sampler;
  throw new RangeError(
    `${name} must be a distribution, which gives a sampler: (uniform) => () => value; it gave ${given(sampler)}`,
  );
}
