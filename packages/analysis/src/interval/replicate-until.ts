/**
 * Independent replications until the interval of one reading is narrow enough, wherever they run.
 * Knows no metric by name. Looks at the runs in the order of their seeds, so how many are under way at once and which
 * finishes first never changes where it stops.
 */
import type { SimulationReport } from '@llmsim/engine';
import { runAll } from '../running/run-all.ts';
import type { Runner, RunSignal } from '../running/runner.ts';
import { type Precision, requirePrecision, runsUntilPrecise } from './precision.ts';
import type { Reading } from './replicate.ts';

export interface UntilPrecise<Cell> {
  readonly runner: Runner<Cell>;
  /** The cell of the i-th run, from 0; only the seed may differ. */
  readonly cellOf: (index: number) => Cell;
  readonly read: Reading;
  readonly precision: Precision;
  /** Once aborted, what is finished is the result. */
  readonly signal?: RunSignal;
  /** Called as runs finish. */
  readonly onRun?: (finished: number) => void;
}

export interface PreciseReplications {
  /** Of the runs that count, in the order of the seeds. */
  readonly reports: readonly SimulationReport[];
  /** Whether the precision was reached. */
  readonly reached: boolean;
  /** False when it was aborted before it came to an end. */
  readonly finished: boolean;
}

/**
 * Runs seeds in order until the interval of `read` is narrow enough or `max_runs` are done. Runs that were under way
 * beyond that point are left out.
 *
 * @throws RangeError when the precision leaves its domain; what a run threw.
 * @example
 * const precision = { half_width: 0.05, relative: true, min_runs: 10, max_runs: 100, level: 0.95 };
 * const { reports } = await replicateUntil({ runner, cellOf, read: ({ ttft_s }) => ttft_s.p99, precision });
 */
export async function replicateUntil<Cell>(of: UntilPrecise<Cell>): Promise<PreciseReplications> {
  const { runner, cellOf, read, precision, signal, onRun } = of;
  requirePrecision(precision);
  const reports: (SimulationReport | undefined)[] = [];
  let stop: number | null = null;
  function* cells(): Generator<Cell> {
    for (let index = 0; index < precision.max_runs && stop === null; index++) yield cellOf(index);
  }
  try {
    let finished = 0;
    for await (const outcome of runAll(runner, cells(), signal)) {
      if ('error' in outcome) throw outcome.error;
      reports[outcome.index] = outcome.report;
      onRun?.(++finished);
      stop ??= runsUntilPrecise(numbers(inOrder(reports), read), precision);
    }
  } catch (error) {
    if (!(signal?.aborted && error === signal.reason)) throw error;
    return { reports: inOrder(reports), reached: false, finished: false };
  }
  const counted = inOrder(reports).slice(0, stop ?? precision.max_runs);
  return { reports: counted, reached: stop !== null, finished: true };
}

/** The reports without a gap before them. */
function inOrder(reports: readonly (SimulationReport | undefined)[]): SimulationReport[] {
  const gap = Array.from(reports).indexOf(undefined);
  const known = gap < 0 ? reports : reports.slice(0, gap);
  return known.filter((report) => report !== undefined);
}

/** What was read, up to the first run that has no such number: no interval is narrow enough without it. */
function numbers(reports: readonly SimulationReport[], read: Reading): number[] {
  const values: number[] = [];
  for (const report of reports) {
    const value = read(report);
    if (value === null || !Number.isFinite(value)) break;
    values.push(value);
  }
  return values;
}
