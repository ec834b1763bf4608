/**
 * A run of which the measurement window saw nothing, though requests were served before: it has no latency, whatever
 * its verdict. Knows no layout.
 */
import type { SimulationReport } from '@llmsim/engine';
import { isMeasured } from '../warmup/measured.ts';
import { formatSeconds } from './format.ts';

/** Why nothing was measured, as the end of a sentence; null where a token fell in the window. */
export function nothingMeasured(report: SimulationReport): string | null {
  if (isMeasured(report)) return null;
  const [from_s, to_s] = report.window_s;
  const why =
    from_s < to_s
      ? `no token fell in the measurement window, which starts at ${formatSeconds(from_s)}`
      : 'the warm-up lasted to the end of the run';
  return `nothing was measured: ${why}`;
}
