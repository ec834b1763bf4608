/**
 * Runs cells here until threads are worth starting: when what is left, by what is expected of a cell at first and by
 * what cells took so far, takes longer than starting them pays for. Knows no cell's meaning.
 */
import { inProcess, type Runner } from '@llmsim/analysis';
import { expectedSeconds } from './cost.ts';
import { planOf, type ScenarioCell } from './scenario-cell.ts';
import { inThreads, type Threads } from './threads.ts';

/** Work for one thread above which a second one is worth its start, seconds; a start takes about 0.2. */
const WORTH_S = 0.8;

export interface Whereabouts {
  /** Threads to have at most; 1 never starts any. */
  readonly threads: number;
  /** Cells that are going to be run, about. */
  readonly cells: number;
  /** The worker's script; default the one of the bundle. */
  readonly worker_file?: string;
}

export function whereWorthwhile({ threads, cells, worker_file }: Whereabouts): Threads {
  const here = inProcess(planOf, { pause: nextTurn });
  let pool: Threads | null = null;
  let left = cells;
  let ran = 0;
  let took_s = 0;

  const runnerFor = (cell: ScenarioCell): Runner<ScenarioCell> => {
    if (pool !== null) return pool;
    const cell_s = ran === 0 ? expectedSeconds(cell) : took_s / ran;
    if (threads < 2 || left < 2 || left * cell_s < WORTH_S) return here;
    pool = inThreads(threads, worker_file);
    return pool;
  };

  return {
    concurrency: threads,
    async run(cell, signal) {
      const runner = runnerFor(cell);
      left--;
      const started = process.cpuUsage();
      const report = await runner.run(cell, signal);
      if (runner === here) {
        const { user, system } = process.cpuUsage(started);
        took_s += (user + system) / 1e6;
        ran++;
      }
      return report;
    },
    close: async () => pool?.close(),
  };
}

/** Lets signals in, without the millisecond that a timer costs. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
