/**
 * Runs cells here, and beside them in threads once those are worth starting: when what is left, by what is expected of
 * a cell and how that held so far, takes longer than starting them pays for. Knows no cell's meaning.
 */
import { inProcess, type RunSignal } from '@llmsim/analysis';
import type { SimulationReport } from '@llmsim/engine';
import { expectedSeconds } from './cost.ts';
import { planOf, type ScenarioCell } from './scenario-cell.ts';
import { AT_HAND, inThreads, type Threads } from './threads.ts';

/** Work for one thread above which two end sooner, seconds: the second starts and compiles alone. */
const WORTH_S = 1.3;

export interface Whereabouts {
  /** Threads to have at most, with this one, which works too; 1 never starts any. */
  readonly threads: number;
  /** Cells that are going to be run, about. */
  readonly cells: number;
  /** The worker's script; default the one of the bundle. */
  readonly worker_file?: string;
}

export function whereWorthwhile({ threads, cells, worker_file }: Whereabouts): Threads {
  const here = inProcess(planOf, { pause: nextTurn });
  let underWay: Promise<SimulationReport> | null = null;
  let pool: Threads | null = null;
  let left = cells;
  let ran = 0;
  /** How many times as long as expected cells take. */
  let pace = 1;

  const worthwhile = (cell: ScenarioCell): boolean =>
    threads > 1 && left * expectedSeconds(cell) * pace >= WORTH_S;

  const runHere = async (cell: ScenarioCell, signal?: RunSignal): Promise<SimulationReport> => {
    const started = process.cpuUsage();
    const report = await here.run(cell, signal);
    const { user, system } = process.cpuUsage(started);
    const times = (user + system) / 1e6 / expectedSeconds(cell);
    // The first is compiled meanwhile; beside a pool its time counts, too.
    if (pool === null && ran > 0) pace = ran === 1 ? times : Math.min(pace, times);
    ran++;
    return report;
  };

  return {
    concurrency: 1 + AT_HAND * (threads - 1),
    async run(cell, signal) {
      while (underWay !== null) {
        if (pool === null && worthwhile(cell)) pool = inThreads(threads - 1, worker_file);
        if (pool !== null) {
          left--;
          return pool.run(cell, signal);
        }
        await underWay.catch(() => {});
      }
      left--;
      underWay = runHere(cell, signal);
      try {
        return await underWay;
      } finally {
        underWay = null;
      }
    },
    close: async () => pool?.close(),
  };
}

/** Lets signals and what threads send in, without the millisecond that a timer costs. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
