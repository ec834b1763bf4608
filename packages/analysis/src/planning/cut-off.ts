/** Requests that the end of a run cut off: they miss, whatever the cluster. Knows no layout. */
import type { Evidence } from './evidence.ts';

/** Share of the misses from which on the end of the run is what they are mostly due to. */
const MOSTLY = 0.5;

/** Whether most misses are requests that had not finished, though no run was overloaded. */
export function isCutOff({
  attainment,
  overloaded,
  unfinished,
}: Pick<Evidence, 'attainment' | 'overloaded' | 'unfinished'>): boolean {
  const missed = 1 - (attainment ?? 1);
  return missed > 0 && overloaded === 0 && unfinished >= MOSTLY * missed;
}
