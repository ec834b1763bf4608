/**
 * The binomial distribution's cumulative probabilities about its middle. Knows no samples.
 * Sums outwards from the mode by the ratio of neighbours, so that nothing under- or overflows however many trials.
 */

/** What is this much smaller than the mode adds nothing to a sum of float64 numbers. */
const NEGLIGIBLE = 1e-30;

export interface BinomialTable {
  /** The first k whose probability is not negligible. */
  readonly from: number;
  /** P(X ≤ from), P(X ≤ from + 1), … up to 1. */
  readonly cumulative: readonly number[];
}

/** X successes in `n` trials that each succeed with probability `p`, strictly between 0 and 1. */
export function binomialTable(n: number, p: number): BinomialTable {
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const odds = p / (1 - p);
  const below: number[] = [];
  for (let k = mode, weight = 1; k > 0 && weight > NEGLIGIBLE; k--) {
    weight *= k / ((n - k + 1) * odds);
    below.push(weight);
  }
  const weights = [...below.reverse(), 1];
  for (let k = mode, weight = 1; k < n && weight > NEGLIGIBLE; k++) {
    weight *= ((n - k) * odds) / (k + 1);
    weights.push(weight);
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  const cumulative = weights.map((weight) => {
    sum += weight;
    return sum / total;
  });
  return { from: mode - below.length, cumulative };
}
