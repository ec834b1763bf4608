/**
 * The requests of a trace at another time scale than they were read with. Knows no files.
 */
import type { ReplayWorkload } from '@llmsim/engine';

/** The same requests with all times multiplied; the same object for 1. */
export function scaledTrace(trace: ReplayWorkload, factor: number): ReplayWorkload {
  if (factor === 1) return trace;
  return { ...trace, arrival_s: Float64Array.from(trace.arrival_s, (time_s) => time_s * factor) };
}
