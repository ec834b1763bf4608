/** Work that runs many cells where somebody watches: threads, a progress line, Ctrl-C. Knows no analysis. */
import type { Runner, RunOptions } from '@llmsim/analysis';
import { searchProgress } from '../planning/search-progress.ts';
import type { ScenarioCell } from '../running/scenario-cell.ts';
import { withRunner } from '../running/with-runner.ts';
import { interruptible } from '../terminal/interruption.ts';

export type Watched = Required<Pick<RunOptions, 'onRun'>> & { readonly signal: AbortSignal };

/**
 * Does `work` with a runner; the first Ctrl-C aborts its signal.
 *
 * @param total - runs to expect; null: nobody knows
 */
export async function manyRuns<Result>(
  { cells, total, quiet }: { readonly cells: number; readonly total: number | null; readonly quiet: boolean },
  work: (runner: Runner<ScenarioCell>, watched: Watched) => Promise<Result>,
): Promise<Result> {
  const progress = searchProgress(quiet ? null : process.stderr, total);
  try {
    return await withRunner({ cells }, (runner) =>
      interruptible((signal) => work(runner, { signal, onRun: () => progress.ran() })),
    );
  } finally {
    progress.clear();
  }
}
