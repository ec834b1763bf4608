/**
 * Runs cells in this thread, in slices so that the host can breathe. Knows no cell's meaning: it is told its plan.
 */
import { Simulation, type SimulationPlan } from '@llmsim/engine';
import type { Runner } from './runner.ts';

export interface InProcessOptions {
  /**
   * Awaited before each cell and between the slices of its run: what lets the host take an interruption. Default: a
   * turn of the event loop between slices, none before cells.
   */
  readonly pause?: () => PromiseLike<unknown>;
}

/**
 * A runner in this thread, one cell at a time. A plan that keeps requests is run without keeping them.
 *
 * @param planOf - what a cell means; what it throws is what the cell's run rejects with
 * @example
 * const runner = inProcess((rate_per_s: number) => planAt(rate_per_s));
 * (await runner.run(4)).ttft_s.p99; // seconds
 */
export function inProcess<Cell>(
  planOf: (cell: Cell) => SimulationPlan,
  { pause }: InProcessOptions = {},
): Runner<Cell> {
  return {
    concurrency: 1,
    async run(cell, signal) {
      await pause?.();
      if (signal?.aborted) throw signal.reason;
      const simulation = new Simulation({ ...planOf(cell), keep_requests: false });
      const { report } = await simulation.runInSlices({
        ...(signal === undefined ? {} : { signal }),
        ...(pause === undefined ? {} : { pause }),
      });
      if (!report.finished) throw signal?.reason;
      return report;
    },
  };
}
