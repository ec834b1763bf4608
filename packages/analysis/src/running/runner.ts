/**
 * What runs simulations for an analysis. Knows no place where they run: this thread, others, or other machines.
 */
import type { CancelSignal, SimulationReport } from '@llmsim/engine';

/** What stops runs from outside; an `AbortSignal` is one. */
export interface RunSignal extends CancelSignal {
  /** Why it was aborted: what the runs under way reject with. */
  readonly reason: unknown;
}

/**
 * Runs simulations somewhere: here, in threads, in browser workers. A cell is a plain value that can be cloned; only
 * who made the runner knows its meaning. Equal cells give equal reports, wherever and whenever they run.
 */
export interface Runner<Cell> {
  /** Cells that make sense to have under way at once, at least 1. */
  readonly concurrency: number;
  /** The report of a cell; rejects with what the run threw, or with the signal's reason once aborted. */
  run(cell: Cell, signal?: RunSignal): Promise<SimulationReport>;
}
