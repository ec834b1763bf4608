/**
 * A run as a list of moves in order of time: which request enters which stage. Knows no drawing.
 */
import { REQUEST_STAGES, type RequestStageTerm, requestStages } from '@llmsim/analysis';
import type { RequestLog } from '@llmsim/engine';

/** Stages in the order that requests pass them; the last is outside the system. */
export const STAGES: readonly (RequestStageTerm | 'gone')[] = [...REQUEST_STAGES, 'gone'];

export type Stage = (typeof STAGES)[number];

/** Move i takes request `id[i]` into `STAGES[stage[i]]` at `time_s[i]`; times ascend. */
export interface ReplayEvents {
  readonly length: number;
  readonly time_s: Float64Array;
  readonly id: Int32Array;
  readonly stage: Uint8Array;
}

export function replayEvents(log: RequestLog, end_s: number): ReplayEvents {
  const times: number[] = [];
  const ids: number[] = [];
  const stages: number[] = [];
  for (let id = 0; id < log.length; id++) {
    let left_s = Number.NaN;
    for (const { stage, from_s, to_s } of requestStages(log, id, end_s)) {
      times.push(from_s);
      ids.push(id);
      stages.push(STAGES.indexOf(stage));
      left_s = to_s;
    }
    if (!(left_s < end_s)) continue;
    times.push(left_s);
    ids.push(id);
    stages.push(STAGES.length - 1);
  }
  // Who leaves goes before who comes, as in the run.
  const order = times
    .map((_, index) => index)
    .sort(
      (a, b) =>
        (times[a] ?? 0) - (times[b] ?? 0) ||
        (stages[b] ?? 0) - (stages[a] ?? 0) ||
        (ids[a] ?? 0) - (ids[b] ?? 0),
    );
  return {
    length: order.length,
    time_s: Float64Array.from(order, (index) => times[index] ?? 0),
    id: Int32Array.from(order, (index) => ids[index] ?? 0),
    stage: Uint8Array.from(order, (index) => stages[index] ?? 0),
  };
}
