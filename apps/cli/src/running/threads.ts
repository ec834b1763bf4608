/**
 * Runs cells in worker threads. Knows no configuration: `cell.worker.ts` does, in the thread.
 */
import { fileURLToPath } from 'node:url';
import type { Runner } from '@llmsim/analysis';
import type { SimulationReport } from '@llmsim/engine';
import { Piscina } from 'piscina';
import type { ScenarioCell } from './scenario-cell.ts';
import { sharedTrace } from './shared-trace.ts';

/** The worker's script in the bundle, which lies beside this one there. */
export const workerFile: string = fileURLToPath(new URL('./cell.worker.js', import.meta.url));

/** Cells that a thread is given at once: it begins the next without waiting for the main thread, which may be busy. */
export const AT_HAND = 2;

export interface Threads extends Runner<ScenarioCell> {
  /** Ends the threads. */
  close(): Promise<void>;
}

/** @param file - the worker's script, bundled */
export function inThreads(count: number, file: string = workerFile): Threads {
  // All start at the first cell: starting one takes as long as running some.
  const pool = new Piscina<ScenarioCell, SimulationReport>({
    filename: file,
    minThreads: count,
    maxThreads: count,
    concurrentTasksPerWorker: AT_HAND,
    // A thread that waits lets the main thread take what was computed.
    atomics: 'disabled',
  });
  // What a thread had sent before it was ended or interrupted is an error to the pool: it waits for nothing any more.
  let ended = false;
  pool.on('error', (error) => {
    if (!ended) throw error;
  });
  return {
    concurrency: AT_HAND * count,
    async run(cell, signal) {
      try {
        return await pool.run(
          { ...cell, trace: cell.trace === null ? null : sharedTrace(cell.trace) },
          signal === undefined ? {} : { signal },
        );
      } catch (error) {
        ended ||= signal?.aborted === true;
        throw signal?.aborted ? signal.reason : error;
      }
    },
    close() {
      ended = true;
      return pool.destroy();
    },
  };
}
