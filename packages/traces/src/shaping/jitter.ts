/**
 * Spreads arrivals that were recorded on a grid over their cells. Knows no formats and how no grid is found.
 */
import { uniformStream } from '@llmsim/engine';

/**
 * Every arrival moved by its own uniform part of `cell_s`, then all times in ascending order again.
 * Times are sorted, requests are not: row i keeps its lengths and its id and takes the i-th time, which is the
 * same law as moving requests, since the order inside a cell was never recorded.
 */
export function jittered(arrival_s: Float64Array, cell_s: number, seed: number | string): Float64Array {
  const uniform = uniformStream(seed, 'trace_jitter');
  return arrival_s.map((time) => time + cell_s * uniform()).sort();
}
