/**
 * How much of the variance of a reading each key explains over its whole range, alone and with others.
 * Knows no runner.
 */
import { uniformStream } from '@llmsim/engine';
import { type BootstrapInterval, bootstrap } from './bootstrap.ts';
import type { Evaluate, Evaluation, SeededPoint } from './evaluate.ts';
import { type Factor, requireFactors, valueAt } from './factors.ts';
import { shuffle } from './shuffle.ts';

export interface SobolIndices {
  readonly key: string;
  /** Share of the variance that goes away, on average, once the key is fixed. */
  readonly first: BootstrapInterval;
  /** Share of the variance that stays, on average, when all but the key are fixed: with its interactions. */
  readonly total: BootstrapInterval;
}

export interface Decomposition {
  /** The largest total first. */
  readonly indices: readonly SobolIndices[];
  /** Share of the variance that the seed alone explains: luck. */
  readonly luck: BootstrapInterval;
  readonly mean: number;
  readonly variance: number;
  /** Rows that are complete. */
  readonly rows: number;
  readonly failed: Evaluation['failed'];
  readonly finished: boolean;
}

export interface SobolOptions {
  /** Rows of the design; it takes (factors + 2) times as many runs. */
  readonly rows: number;
  /** Of the design, and the first of the seeds of the runs. */
  readonly seed: number;
}

/**
 * First-order and total indices over two Latin hypercubes A and B and, for each factor, A with its column of B.
 * First order by A. Saltelli and others, "Variance based sensitivity analysis of model output", Computer Physics
 * Communications 181 (2010), table 2 (b); total by M. J. W. Jansen (1999), there (f). The runs of a row share their
 * seed, so the seed is one more factor, and its own share is that of A against B.
 *
 * @throws RangeError for fewer than two rows or a range that is none.
 * @example
 * const { indices } = await sobol(factors, { rows: 256, seed: 1 }, evaluate);
 */
export async function sobol(
  factors: readonly Factor[],
  { rows, seed }: SobolOptions,
  evaluate: Evaluate,
): Promise<Decomposition> {
  requireFactors(factors);
  if (!(Number.isSafeInteger(rows) && rows >= 2)) {
    throw new RangeError(`rows must be a whole number of at least 2, got ${rows}`);
  }
  const uniform = uniformStream(seed, 'sobol');
  const [a, b] = [latinHypercube(rows, factors, uniform), latinHypercube(rows, factors, uniform)];
  const cells = a.flatMap((from, row): SeededPoint[] => {
    const other = b[row] ?? from;
    const mixed = from.map((value, i) => from.with(i, other[i] ?? value));
    return [from, other, ...mixed].map((point) => ({ point, seed: seed + row }));
  });
  const { values, failed, finished } = await evaluate(cells);

  const width = factors.length + 2;
  const table = a
    .map((_, row) => values.slice(row * width, (row + 1) * width).filter((value) => value !== null))
    .filter((row) => row.length === width);
  const intervals = bootstrap(table.length, (picked) => estimates(table, picked, factors.length), seed);
  const of = (which: number): BootstrapInterval =>
    intervals[which] ?? { estimate: Number.NaN, low: Number.NaN, high: Number.NaN };
  const { mean, variance } = moments(table, Int32Array.from(table.keys()));
  return {
    indices: factors
      .map(({ key }, i) => ({ key, first: of(1 + i), total: of(1 + factors.length + i) }))
      .sort((x, y) => y.total.estimate - x.total.estimate),
    luck: of(0),
    mean,
    variance,
    rows: table.length,
    failed,
    finished,
  };
}

type Table = readonly (readonly number[])[];

/** The share of the seed, the first-order indices, the total indices. */
function estimates(table: Table, picked: Int32Array, factors: number): number[] {
  const { mean, variance } = moments(table, picked);
  const sums = new Float64Array(1 + 2 * factors);
  for (const index of picked) {
    const row = table[index] ?? [];
    // Taking the mean off first changes no expectation and much of the noise.
    const [a, b] = [(row[0] ?? 0) - mean, (row[1] ?? 0) - mean];
    sums[0] = (sums[0] ?? 0) + a * b;
    for (let i = 0; i < factors; i++) {
      const mixed = (row[2 + i] ?? 0) - mean;
      sums[1 + i] = (sums[1 + i] ?? 0) + b * (mixed - a);
      sums[1 + factors + i] = (sums[1 + factors + i] ?? 0) + (a - mixed) ** 2 / 2;
    }
  }
  return Array.from(sums, (sum) => sum / picked.length / variance);
}

/** Over A and B together. */
function moments(table: Table, picked: Int32Array): { mean: number; variance: number } {
  let [n, mean, squares] = [0, 0, 0];
  for (const index of picked) {
    for (const value of (table[index] ?? []).slice(0, 2)) {
      const step = value - mean;
      mean += step / ++n;
      squares += step * (value - mean);
    }
  }
  return { mean, variance: squares / n };
}

/** Each factor takes one value in each of `rows` equal parts of its range. */
function latinHypercube(rows: number, factors: readonly Factor[], uniform: () => number): number[][] {
  const columns = factors.map((factor) => {
    const shares = Array.from({ length: rows }, (_, row) => (row + uniform()) / rows);
    shuffle(shares, uniform);
    return shares.map((share) => valueAt(factor, share));
  });
  return Array.from({ length: rows }, (_, row) => columns.map((column) => column[row] ?? 0));
}
