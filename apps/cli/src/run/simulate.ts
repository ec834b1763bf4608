/**
 * Runs a plan where somebody watches: outputs, a progress line, Ctrl-C. Knows no configuration.
 */
import { Simulation, type SimulationPlan, type SimulationResult } from '@llmsim/engine';
import { interruptible } from '../terminal/interruption.ts';
import { progressLine } from '../terminal/progress.ts';

export interface Watching {
  readonly quiet: boolean;
  /** Subscribes before the run starts. */
  readonly watch: (run: Simulation) => void;
}

/** The result; partial (`report.finished` is false) after a Ctrl-C. */
export async function simulateWatched(
  plan: SimulationPlan,
  { quiet, watch }: Watching,
): Promise<SimulationResult> {
  const run = new Simulation(plan);
  watch(run);
  const line = progressLine(process.stderr);
  if (!quiet) run.progress.subscribe((progress) => line.update(progress));
  try {
    return await interruptible((signal) => run.runInSlices({ signal, pause: nextTurn }));
  } finally {
    line.clear();
  }
}

/** Lets signals in, without the millisecond that a timer costs. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
