/** Work that runs many cells where somebody watches: threads, a progress line, Ctrl-C. Knows no analysis. */
import type { Runner } from '@llmsim/analysis';
import { interruptible } from '../terminal/interruption.ts';
import { searchProgress } from '../terminal/search-progress.ts';
import type { ScenarioCell } from './scenario-cell.ts';
import { type RunnerOptions, withRunner } from './with-runner.ts';

export interface Watched {
  readonly signal: AbortSignal;
  /** To be told of each run that is done. */
  readonly onRun: () => void;
}

export interface ManyRuns extends RunnerOptions {
  /** Runs to expect; null: nobody knows. */
  readonly total: number | null;
  /** Whether nobody watches. */
  readonly quiet: boolean;
}

/** Does `work` with a runner; the first Ctrl-C aborts its signal. */
export async function manyRuns<Result>(
  { total, quiet, ...options }: ManyRuns,
  work: (runner: Runner<ScenarioCell>, watched: Watched) => Promise<Result>,
): Promise<Result> {
  const progress = searchProgress(quiet ? null : process.stderr, total);
  try {
    return await withRunner(options, (runner) =>
      interruptible((signal) => work(runner, { signal, onRun: progress.ran })),
    );
  } finally {
    progress.clear();
  }
}
