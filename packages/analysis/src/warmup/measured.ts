/** Whether the measurement window of a run saw anything. Knows no words. */
import type { SimulationReport } from '@llmsim/engine';

/** False when no token of any request fell in the window: the run then has no latency. */
export function isMeasured({ ttft_s, itl_s, completed_in_window }: SimulationReport): boolean {
  return ttft_s.count > 0 || itl_s.count > 0 || completed_in_window > 0;
}
