/**
 * Student's t distribution: its tail by the regularised incomplete beta function, its quantile by bisection.
 * Knows no samples. Built on the engine's `exp` and `ln` and on square roots, so that an interval has the same bits in
 * every JavaScript engine.
 */
import { exp, ln } from '@llmsim/engine';

/** Γ(x + ½)/Γ(x) / √x as a series in 1/x. R. L. Graham and others, "Concrete Mathematics" (1994), exercise 9.60. */
const GAMMA_RATIO = [1, -1 / 8, 1 / 128, 5 / 1024, -21 / 32768, -399 / 262144, 869 / 4194304];
/** From here on the first term left out, 0.0012/x⁷, is below the last bit. */
const SERIES_FROM = 64;

/**
 * The value that a t-distributed variable stays below with probability `p`.
 *
 * @param p - strictly between 0 and 1
 * @param degrees_of_freedom - above 0, whole or not
 * @throws RangeError when an argument leaves its domain.
 * @example
 * tQuantile(0.975, 10); // 2.228
 */
export function tQuantile(p: number, degrees_of_freedom: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`p must lie in (0, 1), got ${p}`);
  if (!(degrees_of_freedom > 0 && degrees_of_freedom < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`degrees_of_freedom must be positive and finite, got ${degrees_of_freedom}`);
  }
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  let low = 0;
  let high = 1;
  while (tUpperTail(high, degrees_of_freedom) > tail) {
    low = high;
    high *= 2;
  }
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (tUpperTail(middle, degrees_of_freedom) > tail) low = middle;
    else high = middle;
  }
  return p < 0.5 ? -high : high;
}

/**
 * P(T > t) for t ≥ 0: half of I_x(ν/2, ½) at x = ν/(ν + t²). M. Abramowitz and I. Stegun, "Handbook of Mathematical
 * Functions" (1964), 26.7.1 and 26.5.27.
 */
export function tUpperTail(t: number, degrees_of_freedom: number): number {
  const a = degrees_of_freedom / 2;
  const x = degrees_of_freedom / (degrees_of_freedom + t * t);
  const rest = (t * t) / (degrees_of_freedom + t * t);
  // x^a (1 − x)^½ / B(a, ½), the common factor of both continued fractions.
  const factor = (exp(a * ln(x)) * Math.sqrt(rest) * gammaRatio(a)) / Math.sqrt(Math.PI);
  const inSeries = x < (a + 1) / (a + 2.5);
  return inSeries ? (factor * betaFraction(x, a, 0.5)) / (2 * a) : 0.5 - factor * betaFraction(rest, 0.5, a);
}

/** Γ(x + ½)/Γ(x): the ratio at x + 1 times x/(x + ½), until the series holds. */
function gammaRatio(x: number): number {
  let factor = 1;
  let at = x;
  for (; at < SERIES_FROM; at++) factor *= at / (at + 0.5);
  return factor * Math.sqrt(at) * GAMMA_RATIO.reduceRight((sum, term) => sum / at + term, 0);
}

/**
 * The continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8) by Lentz's method.
 * W. J. Lentz, "Generating Bessel functions in Mie scattering calculations using continued fractions" (1976).
 */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1, change = 0; Math.abs(change - 1) > Number.EPSILON && m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    change = d * c;
    fraction *= change;
  }
  return fraction;
}
