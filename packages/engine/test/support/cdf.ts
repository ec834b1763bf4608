/**
 * Exact distribution functions, for judging samplers, and the Kolmogorov–Smirnov distance.
 * The incomplete gamma function by its series and Lentz's continued fraction (Press et al., Numerical Recipes, 6.2).
 */

/** ln Γ(a) by Lanczos' approximation, about 1e-15 relative. */
function lnGamma(a: number): number {
  const coefficients = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  const x = a - 1;
  let series = 0.9999999999998099;
  for (const [i, c] of coefficients.entries()) series += c / (x + i + 1);
  const t = x + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(series);
}

/** Lower and upper regularised incomplete gamma functions P(a, x) and Q(a, x). */
export function incompleteGamma(a: number, x: number): { readonly lower: number; readonly upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 };
  const front = Math.exp(-x + a * Math.log(x) - lnGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let total = term;
    for (let n = 1; n < 1000 && term > 1e-17 * total; n++) {
      term *= x / (a + n);
      total += term;
    }
    return { lower: front * total, upper: 1 - front * total };
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let i = 1; i < 1000; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return { lower: 1 - front * fraction, upper: front * fraction };
}

/** P(Z ≤ z) for a standard normal Z, to full relative precision in the lower tail. */
export function normalCdf(z: number): number {
  const { lower, upper } = incompleteGamma(0.5, (z * z) / 2);
  return z < 0 ? upper / 2 : 0.5 + lower / 2;
}

/** √n · D of a sample against a distribution function; above 1.95 one time in a thousand when it is the right one. */
export function kolmogorovSmirnov(sample: readonly number[], cdf: (x: number) => number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  const n = sorted.length;
  let largest = 0;
  for (const [i, x] of sorted.entries()) {
    const p = cdf(x);
    largest = Math.max(largest, p - i / n, (i + 1) / n - p);
  }
  return Math.sqrt(n) * largest;
}
