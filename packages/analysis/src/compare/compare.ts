/**
 * Runs options under the same seeds and compares them. Knows no cell's meaning and no medium.
 */
import type { NamedReading } from '../readings.ts';
import type { Runner } from '../running/runner.ts';
import { comparison, type OptionReports, type OptionResult } from './comparison.ts';
import { type RunOptions, runInOrder } from './run-in-order.ts';

export interface ComparedOption<Cell> {
  readonly name: string;
  readonly cellOf: (seed: number) => Cell;
}

export interface CompareOptions<Cell> extends RunOptions {
  readonly runner: Runner<Cell>;
  /** The first is what the others are held against. */
  readonly options: readonly ComparedOption<Cell>[];
  /** Given to every option: common random numbers. */
  readonly seeds: readonly number[];
  readonly readings: readonly NamedReading[];
  /** Of the intervals, default 0.95. */
  readonly level?: number;
}

/** A run that threw. */
export interface FailedRun {
  readonly option: string;
  readonly seed: number;
  readonly error: unknown;
}

export interface ComparisonReport {
  readonly level: number;
  /** Seeds that every option was run with and that count; an option whose runs all failed is left out. */
  readonly seeds: readonly number[];
  readonly options: readonly OptionResult[];
  readonly failed: readonly FailedRun[];
  /** False when it was aborted: fewer seeds than asked for. */
  readonly finished: boolean;
}

/**
 * Compares options on the same requests. Seeds go round the options, so that what is finished when it is aborted is
 * paired. A seed counts when every option has it.
 *
 * @example
 * const options = [4, 5].map((gpus) => ({ name: `${gpus} GPUs`, cellOf: (seed: number) => ({ gpus, seed }) }));
 * const report = await compare({ runner, options, seeds: [1, 2, 3, 4, 5], readings: headlineReadings });
 */
export async function compare<Cell>(of: CompareOptions<Cell>): Promise<ComparisonReport> {
  const { runner, options, seeds, readings, level = 0.95, ...watching } = of;
  const pairs = seeds.flatMap((seed) => options.map((option) => ({ option, seed })));
  const cells = pairs.map(({ option, seed }) => option.cellOf(seed));
  const runs = await runInOrder(runner, cells, watching);

  const reportOf = (seed: number, option: number) => runs.reports[seed * options.length + option] ?? null;
  const alive = options.flatMap(({ name }, option) =>
    seeds.some((_, seed) => reportOf(seed, option) !== null) ? [{ name, option }] : [],
  );
  const complete = seeds.flatMap((_, seed) =>
    alive.length > 0 && alive.every(({ option }) => reportOf(seed, option) !== null) ? [seed] : [],
  );
  const columns = alive.map(
    ({ name, option }): OptionReports => ({
      name,
      reports: complete.map((seed) => reportOf(seed, option)).filter((report) => report !== null),
    }),
  );
  return {
    level,
    seeds: complete.map((seed) => seeds[seed] ?? Number.NaN),
    options: complete.length === 0 ? [] : comparison(columns, readings, level),
    failed: runs.failed.flatMap(({ index, error }) => {
      const pair = pairs[index];
      return pair === undefined ? [] : [{ option: pair.option.name, seed: pair.seed, error }];
    }),
    finished: runs.finished,
  };
}
