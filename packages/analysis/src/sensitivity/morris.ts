/**
 * Screening by elementary effects: which keys matter at all over their whole range, at little cost.
 * Knows no runner.
 */
import { uniformStream } from '@llmsim/engine';
import { type BootstrapInterval, bootstrap } from './bootstrap.ts';
import type { Evaluate, Evaluation, SeededPoint } from './evaluate.ts';
import { type Factor, requireFactors, valueAt } from './factors.ts';
import { shuffle } from './shuffle.ts';

export interface ElementaryEffects {
  readonly key: string;
  /** Mean of the absolute effects of moving through the whole range, in the unit of the reading: how much it matters. */
  readonly mu_star: BootstrapInterval;
  /** Mean of the effects with their sign: which way it works. */
  readonly mu: number;
  /** Standard deviation of the effects: how much it depends on where the others are, or bends. */
  readonly sigma: number;
}

export interface Screening {
  /** What matters most first. */
  readonly effects: readonly ElementaryEffects[];
  /** Trajectories that are complete. */
  readonly trajectories: number;
  readonly failed: Evaluation['failed'];
  readonly finished: boolean;
}

export interface MorrisOptions {
  /** Walks through the space, each of as many steps as there are factors; 10 to 50. */
  readonly trajectories: number;
  /** Of the design, and the first of the seeds of the runs. */
  readonly seed: number;
}

/** Levels of each factor, and the step between two values of it, half of the levels. */
const LEVELS = 4;
const STEP = LEVELS / (2 * (LEVELS - 1));

/**
 * Morris' method: M. D. Morris, "Factorial sampling plans for preliminary computational experiments", Technometrics 33
 * (1991); μ* by F. Campolongo, J. Cariboni and A. Saltelli, "An effective screening design for sensitivity analysis of
 * large models", Environmental Modelling & Software 22 (2007). All runs of a trajectory share their seed.
 *
 * @throws RangeError for fewer than two trajectories or a range that is none.
 * @example
 * const { effects } = await morris(factors, { trajectories: 20, seed: 1 }, evaluate);
 */
export async function morris(
  factors: readonly Factor[],
  { trajectories, seed }: MorrisOptions,
  evaluate: Evaluate,
): Promise<Screening> {
  requireFactors(factors);
  if (!(Number.isSafeInteger(trajectories) && trajectories >= 2)) {
    throw new RangeError(`trajectories must be a whole number of at least 2, got ${trajectories}`);
  }
  const uniform = uniformStream(seed, 'morris');
  const walks = Array.from({ length: trajectories }, () => walk(factors.length, uniform));
  const cells = walks.flatMap(({ shares }, index) =>
    shares.map((row): SeededPoint => ({ point: pointAt(factors, row), seed: seed + index })),
  );
  const { values, failed, finished } = await evaluate(cells);

  const width = factors.length + 1;
  const effects: number[][] = [];
  for (const [index, { order, signs }] of walks.entries()) {
    const found = values.slice(index * width, (index + 1) * width).filter((value) => value !== null);
    if (found.length < width) continue;
    const row = factors.map(() => 0);
    for (const [step, factor] of order.entries()) {
      const moved = (found[step + 1] ?? Number.NaN) - (found[step] ?? Number.NaN);
      row[factor] = (moved * (signs[factor] ?? 1)) / STEP;
    }
    effects.push(row);
  }
  const results = factors.map(({ key }, i) =>
    summary(
      key,
      effects.map((row) => row[i] ?? Number.NaN),
      seed,
    ),
  );
  return {
    effects: results.sort((a, b) => b.mu_star.estimate - a.mu_star.estimate),
    trajectories: effects.length,
    failed,
    finished,
  };
}

interface Walk {
  /** Places from 0 to 1, one more than there are factors; each differs from the one before in one factor. */
  readonly shares: readonly (readonly number[])[];
  readonly order: readonly number[];
  /** Whether each factor steps up (1) or down (−1). */
  readonly signs: readonly number[];
}

function walk(factors: number, uniform: () => number): Walk {
  const signs = Array.from({ length: factors }, () => (uniform() < 0.5 ? 1 : -1));
  const start = signs.map((sign) => {
    const low = Math.floor(uniform() * (LEVELS / 2)) / (LEVELS - 1);
    return sign > 0 ? low : low + STEP;
  });
  const order = Array.from({ length: factors }, (_, factor) => factor);
  shuffle(order, uniform);
  const shares = [start];
  for (const factor of order) {
    const before = shares.at(-1) ?? start;
    shares.push(before.with(factor, (before[factor] ?? 0) + STEP * (signs[factor] ?? 1)));
  }
  return { shares, order, signs };
}

function pointAt(factors: readonly Factor[], shares: readonly number[]): number[] {
  return factors.map((factor, i) => valueAt(factor, Math.min(Math.max(shares[i] ?? 0, 0), 1)));
}

function summary(key: string, effects: readonly number[], seed: number): ElementaryEffects {
  const n = effects.length;
  const mu = effects.reduce((sum, effect) => sum + effect, 0) / n;
  const squares = effects.reduce((sum, effect) => sum + (effect - mu) ** 2, 0);
  const meanSize = (rows: Int32Array): readonly number[] => {
    let sum = 0;
    for (const row of rows) sum += Math.abs(effects[row] ?? Number.NaN);
    return [sum / rows.length];
  };
  const [mu_star = { estimate: Number.NaN, low: Number.NaN, high: Number.NaN }] = bootstrap(
    n,
    meanSize,
    seed,
  );
  return { key, mu_star, mu, sigma: Math.sqrt(squares / (n - 1)) };
}
