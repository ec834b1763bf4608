/**
 * Many cells through a runner with their reports in the order of the cells, whichever finished first.
 * Knows no cell's meaning.
 */
import type { SimulationReport } from '@llmsim/engine';
import { runAll } from '../running/run-all.ts';
import type { Runner, RunSignal } from '../running/runner.ts';

export interface RunOptions {
  /** Once aborted, what is finished is the result. */
  readonly signal?: RunSignal;
  /** Called as runs finish. */
  readonly onRun?: (finished: number, total: number) => void;
}

export interface OrderedRuns {
  /** One for each cell; null where it failed or was not reached. */
  readonly reports: readonly (SimulationReport | null)[];
  /** What cells threw, in the order of the cells. */
  readonly failed: readonly { readonly index: number; readonly error: unknown }[];
  /** False when it was aborted before all were done. */
  readonly finished: boolean;
}

/** Runs all cells. A cell that throws does not stop the others. */
export async function runInOrder<Cell>(
  runner: Runner<Cell>,
  cells: readonly Cell[],
  { signal, onRun }: RunOptions = {},
): Promise<OrderedRuns> {
  const reports: (SimulationReport | null)[] = cells.map(() => null);
  const failed: { index: number; error: unknown }[] = [];
  let done = 0;
  let finished = true;
  try {
    for await (const outcome of runAll(runner, cells, signal)) {
      if ('report' in outcome) reports[outcome.index] = outcome.report;
      else failed.push({ index: outcome.index, error: outcome.error });
      onRun?.(++done, cells.length);
    }
  } catch (error) {
    if (!(signal?.aborted && error === signal.reason)) throw error;
    finished = false;
  }
  return { reports, failed: failed.sort((a, b) => a.index - b.index), finished };
}
