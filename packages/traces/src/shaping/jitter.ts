/**
 * Spreads arrivals that were recorded on a grid over their cells. Knows no formats and how no grid is found.
 */
import { uniformStream } from '@llmsim/engine';
import type { Jitter, Trace, TraceWorkload } from '../trace.ts';

/**
 * Every arrival moved by its own uniform part of `cell_s`, then all times in ascending order again.
 * Times are sorted, requests are not: row i keeps its lengths and its id and takes the i-th time, which is the
 * same law as moving requests, since the order inside a cell was never recorded.
 */
function jittered(arrival_s: Float64Array, cell_s: number, seed: number | string): Float64Array {
  const uniform = uniformStream(seed, 'trace_jitter');
  return arrival_s.map((time) => time + cell_s * uniform()).sort();
}

/** The arrivals of a workload, spread from `seed` and scaled. */
export function arrivalsBy({ arrival_s, spread_s, time_scale }: Jitter, seed: number | string): Float64Array {
  const spread = spread_s === 0 ? arrival_s : jittered(arrival_s, spread_s, seed);
  return time_scale === 1 ? spread : spread.map((time) => time * time_scale);
}

/**
 * The workload of a trace as if read with another `seed`: only its jitter differs. Without jitter it is the same object.
 *
 * @example
 * const result = await readTrace(createReadStream('day.jsonl'), { jitter: true, seed: 1 });
 * if (result.ok) simulate({ ...plan, seed: 2, workload: withSeed(result.trace, 2) });
 */
export function withSeed({ workload, jitter }: Trace, seed: number | string): TraceWorkload {
  return jitter === null ? workload : { ...workload, arrival_s: arrivalsBy(jitter, seed) };
}
