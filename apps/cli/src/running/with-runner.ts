/**
 * The runner of a command: cells from the store, here, or in threads, and all of it put away afterwards.
 */
import { availableParallelism } from 'node:os';
import type { Runner } from '@llmsim/analysis';
import { cellKeys } from './cell-key.ts';
import { cacheFolder, cellStore } from './cell-store.ts';
import type { ScenarioCell } from './scenario-cell.ts';
import { type StoredRunner, stored } from './stored.ts';
import { workerFile } from './threads.ts';
import { whereWorthwhile } from './where-worthwhile.ts';

export interface RunnerOptions {
  /** Cells that are going to be run, about; decides whether threads are worth starting. */
  readonly cells: number;
  /** Whether reports are taken from the store and kept there. Default true. */
  readonly cache?: boolean;
  /** Threads at most. Default as many as the machine runs at once. */
  readonly threads?: number;
  /** The worker's script; default the one of the bundle. */
  readonly worker_file?: string;
}

/**
 * Does `work` with a runner, and ends its threads.
 *
 * @example
 * const report = await withRunner({ cells: 10 }, (runner) => runner.run({ config, trace: null }));
 */
export async function withRunner<Result>(
  options: RunnerOptions,
  work: (runner: StoredRunner<ScenarioCell>) => Promise<Result>,
): Promise<Result> {
  const { cells, cache = true, threads = availableParallelism(), worker_file = workerFile } = options;
  const runner = whereWorthwhile({ cells, threads, worker_file });
  try {
    return await work(cache ? withStore(runner, worker_file) : { ...runner, reused: () => 0 });
  } finally {
    await runner.close();
  }
}

function withStore(runner: Runner<ScenarioCell>, worker_file: string): StoredRunner<ScenarioCell> {
  const store = cellStore(cacheFolder());
  store.prune();
  return stored(runner, store, cellKeys(worker_file));
}
