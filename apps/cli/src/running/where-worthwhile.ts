/**
 * Runs cells here, and beside them in threads once those are worth starting: when what is left, by what is expected of
 * a cell at first and by what cells took so far, takes longer than starting them pays for. Knows no cell's meaning.
 */
import { inProcess, type RunSignal } from '@llmsim/analysis';
import type { SimulationReport } from '@llmsim/engine';
import { expectedSeconds } from './cost.ts';
import { planOf, type ScenarioCell } from './scenario-cell.ts';
import { AT_HAND, inThreads, type Threads } from './threads.ts';

/** Work for one thread above which a second one is worth its start, seconds; a start takes about 0.3 of the other's. */
const WORTH_S = 0.6;

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
  let took_s = 0;

  const worthwhile = (cell: ScenarioCell): boolean =>
    threads > 1 && left * (ran === 0 ? expectedSeconds(cell) : took_s / ran) >= WORTH_S;

  const runHere = async (cell: ScenarioCell, signal?: RunSignal): Promise<SimulationReport> => {
    const started = process.cpuUsage();
    const report = await here.run(cell, signal);
    const { user, system } = process.cpuUsage(started);
    // Of a pool, too.
    if (pool === null) {
      took_s += (user + system) / 1e6;
      ran++;
    }
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
