/**
 * What one key does when all others stay where they are: a tornado with elasticities.
 * Knows no runner. Sees no interactions: for these there is `sobol`.
 */
import { ln } from '@llmsim/engine';
import { type MeanInterval, meanInterval } from '../interval/mean-interval.ts';
import { type PairedDifference, pairedDifference } from '../interval/paired-difference.ts';
import type { Evaluate, Evaluation, SeededPoint } from './evaluate.ts';
import { type Factor, requireFactors } from './factors.ts';

export interface Swing extends Factor {
  /** What is read at the low end and at the high end; null when a run has no number. */
  readonly at_low: MeanInterval | null;
  readonly at_high: MeanInterval | null;
  /** Against the base, on the same seeds. */
  readonly low_effect: PairedDifference | null;
  readonly high_effect: PairedDifference | null;
  /**
   * Percent that the reading changes for one percent of the key, between the ends of the range:
   * (ln y_high − ln y_low) / (ln x_high − ln x_low); of a logarithm, for one percent of what it stands for. Null where
   * something is not above 0.
   */
  readonly elasticity: MeanInterval | null;
}

export interface OneAtATime {
  readonly base: MeanInterval | null;
  /** The largest swing first. */
  readonly swings: readonly Swing[];
  /** Seeds that count: every point has a number with them. */
  readonly seeds: readonly number[];
  readonly failed: Evaluation['failed'];
  readonly finished: boolean;
}

/**
 * Moves each factor to its low and to its high end, on common random numbers.
 *
 * @param seeds - two or more
 * @throws RangeError for fewer than two seeds or a range that is none.
 * @example
 * const { swings } = await oneAtATime(factors, [1, 2, 3, 4, 5], evaluate);
 * swings[0]?.key; // what moves the reading most
 */
export async function oneAtATime(
  factors: readonly Factor[],
  seeds: readonly number[],
  evaluate: Evaluate,
  level = 0.95,
): Promise<OneAtATime> {
  requireFactors(factors);
  if (seeds.length < 2) throw new RangeError(`seeds must hold at least 2 seeds, got ${seeds.length}`);
  const base = factors.map((factor) => factor.base);
  const points = [base, ...factors.flatMap(({ low, high }, i) => [base.with(i, low), base.with(i, high)])];
  // Seed by seed, so that what is finished when it is aborted is paired.
  const cells = seeds.flatMap((seed): SeededPoint[] => points.map((point) => ({ point, seed })));
  const { values, failed, finished } = await evaluate(cells);

  const columns = points.map((_, point) =>
    seeds.map((_, seed) => values[seed * points.length + point] ?? null),
  );
  // A point that has no number with any seed leaves the others their seeds.
  const alive = columns.filter((column) => column.some((value) => value !== null));
  const counted = seeds.flatMap((_, seed) => (alive.every((column) => column[seed] !== null) ? [seed] : []));
  const numbers = columns.map((column) => {
    const found = counted.map((seed) => column[seed] ?? null).filter((value) => value !== null);
    return found.length === counted.length && found.length >= 2 ? found : null;
  });
  const swings = factors.map((factor, i) =>
    swing(
      factor,
      { base: numbers[0] ?? null, low: numbers[1 + 2 * i] ?? null, high: numbers[2 + 2 * i] ?? null },
      level,
    ),
  );
  return {
    base: intervalOf(numbers[0] ?? null, level),
    swings: swings.sort((a, b) => span(b) - span(a)),
    seeds: counted.map((seed) => seeds[seed] ?? Number.NaN),
    failed,
    finished,
  };
}

/** How far apart the ends are; −1 where that is not known. */
function span({ at_low, at_high }: Pick<Swing, 'at_low' | 'at_high'>): number {
  return at_low === null || at_high === null ? -1 : Math.abs(at_high.mean - at_low.mean);
}

type Column = readonly number[] | null;

function swing(
  factor: Factor,
  { base, low, high }: { readonly base: Column; readonly low: Column; readonly high: Column },
  level: number,
): Swing {
  const against = (column: Column): PairedDifference | null =>
    base === null || column === null ? null : pairedDifference(base, column, level);
  return {
    ...factor,
    at_low: intervalOf(low, level),
    at_high: intervalOf(high, level),
    low_effect: against(low),
    high_effect: against(high),
    elasticity: elasticity(factor, low, high, level),
  };
}

function elasticity(
  { low: x_low, high: x_high, logarithm = false }: Factor,
  low: Column,
  high: Column,
  level: number,
): MeanInterval | null {
  if (low === null || high === null || !(x_low > 0 || logarithm)) return null;
  if ([...low, ...high].some((value) => !(value > 0))) return null;
  const distance = logarithm ? x_high - x_low : ln(x_high / x_low);
  return meanInterval(
    low.map((value, i) => ln((high[i] ?? Number.NaN) / value) / distance),
    level,
  );
}

function intervalOf(column: Column, level: number): MeanInterval | null {
  return column === null ? null : meanInterval(column, level);
}
