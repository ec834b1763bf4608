/**
 * Whether a share reaches a target, decided from as few independent values as the evidence needs, with a bound on the
 * error. Knows no simulation.
 *
 * Repeated confidence bounds: the values are looked at a fixed number of times, and at each look Student's bound takes
 * an equal part of the allowed error, so that all looks and both decisions together err no more often than allowed where
 * the bound holds. It does not for values more skewed than exponential ones: `pnpm bench plan-errors`.
 * C. Jennison and B. W. Turnbull, "Group Sequential Methods" (2000), chapter 9; the division is Bonferroni's.
 *
 * The bound is one on the logarithm of the mean share that misses: m · e^±(t · s / (m √n)). Misses near zero are skewed,
 * many runs with few and a few with many, and a bound around the mean itself would then call three lucky runs a proof.
 */
import { exp, ln } from '@llmsim/engine';
import { mean, sampleStandardDeviation } from 'simple-statistics';
import { tQuantile, tUpperTail } from '../interval/student-t.ts';

/** Values at the first look, and how much they grow from look to look. */
const FIRST_LOOK = 3;
const GROWTH = 1.6;

export interface DecisionRule {
  /** What the mean must reach, above 0 and at most 1. */
  readonly target: number;
  /** How often a decision may be wrong, by a bound that holds for misses no more skewed than exponential ones: `passes` below the target, or `fails` at or above it. */
  readonly error: number;
  /** Numbers of values at which to look, ascending, at least 2. */
  readonly looks: readonly number[];
}

export interface Decision {
  /** `open`: the values seen leave both possible. */
  readonly state: 'passes' | 'fails' | 'open';
  /**
   * Bound on the probability that the decision is wrong, as good as that of the rule; of an open one, that of the likelier decision. Null when all
   * values are alike: they show no spread to estimate it from, and are taken at their word.
   */
  readonly error: number | null;
  readonly mean: number;
  /** Where the true mean lies, at the confidence of the look: decided means that the target lies outside. */
  readonly low: number;
  readonly high: number;
  /** Values looked at. */
  readonly n: number;
}

/**
 * Looks after 3 values, then after each time 1.6 times as many, at last after `most`.
 *
 * @example
 * looksUpTo(20); // [3, 5, 8, 13, 20]
 */
export function looksUpTo(most: number): number[] {
  const looks: number[] = [];
  for (let look = FIRST_LOOK; look < most; look = Math.round(look * GROWTH)) looks.push(look);
  return [...looks, most];
}

/**
 * The decision after a look.
 *
 * @param values - shares from 0 to 1, at least two
 * @throws RangeError when there are fewer than two values, or one is not a share.
 * @example
 * decide([0.999, 0.998, 0.999], { target: 0.99, error: 0.05, looks: [3, 5] }).state; // 'passes'
 */
export function decide(values: readonly number[], { target, error, looks }: DecisionRule): Decision {
  const n = values.length;
  const odd = values.findIndex((value) => !(value >= 0 && value <= 1));
  if (n < 2 || odd >= 0) {
    throw new RangeError(`values must be at least 2 shares from 0 to 1, got ${n < 2 ? n : values[odd]}`);
  }
  const [first = 0] = values;
  if (values.every((value) => value === first)) {
    return {
      state: first >= target ? 'passes' : 'fails',
      error: null,
      mean: first,
      low: first,
      high: first,
      n,
    };
  }
  const share = mean([...values]);
  const missed = 1 - share;
  // Standard error of the logarithm.
  const spread = sampleStandardDeviation([...values]) / (missed * Math.sqrt(n));
  const widest = exp(tQuantile(1 - error / (2 * looks.length), n - 1) * spread);
  const bounds = { mean: share, low: Math.max(0, 1 - missed * widest), high: 1 - missed / widest, n };
  const passes = share >= target;
  // One run short of all is short of all on average.
  if (target >= 1) return { state: 'fails', error: 0, ...bounds };
  const distance = Math.abs(ln(missed / (1 - target))) / spread;
  const wrong = Math.min(1, 2 * looks.length * tUpperTail(distance, n - 1));
  return { state: wrong > error ? 'open' : passes ? 'passes' : 'fails', error: wrong, ...bounds };
}
