/**
 * A run of which the measurement window saw nothing, though requests were served before: it has no latency, whatever
 * its verdict. Knows no layout.
 */
import type { SimulationReport } from '@llmsim/engine';
import { formatSeconds } from './format.ts';

/** Why nothing was measured, as the end of a sentence; null where a token fell in the window. */
export function nothingMeasured(report: SimulationReport): string | null {
  const { ttft_s, itl_s, completed_in_window, window_s } = report;
  if (ttft_s.count > 0 || itl_s.count > 0 || completed_in_window > 0) return null;
  const [from_s, to_s] = window_s;
  const why =
    from_s < to_s
      ? `no token fell in the measurement window, which starts at ${formatSeconds(from_s)}`
      : 'the warm-up lasted to the end of the run';
  return `nothing was measured: ${why}`;
}
