/** How many of several runs say nothing of the latencies, and why. Knows no words. */
import type { SimulationReport } from '@llmsim/engine';
import { isMeasured } from '../warmup/measured.ts';

/** No run counts in both. */
export interface EmptyRuns {
  /** Runs in which no request completed. */
  readonly unserved_runs: number;
  /** Runs in which requests completed, yet no token fell in the measurement window. */
  readonly unmeasured_runs: number;
}

export function emptyRuns(reports: readonly SimulationReport[]): EmptyRuns {
  const served = reports.filter(({ outcomes }) => outcomes.completed > 0);
  return {
    unserved_runs: reports.length - served.length,
    unmeasured_runs: served.filter((report) => !isMeasured(report)).length,
  };
}
