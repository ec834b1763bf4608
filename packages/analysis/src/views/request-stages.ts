/**
 * The life of one request as stages that follow each other, from the log of a run. Knows no chart.
 */
import type { RequestLog } from '@llmsim/engine';
import { definitions } from './definitions.ts';
import type { RequestStageTerm } from './terms.ts';

/** A request is in this stage in [from_s, to_s). */
export interface RequestStage {
  readonly stage: RequestStageTerm;
  readonly from_s: number;
  readonly to_s: number;
}

/** Each stage ends at its instant in the log. */
const ENDS = [
  ['prefill_queue_s', 'prefill_start_s'],
  ['prefill_s', 'prefill_end_s'],
  ['transfer_wait_s', 'transfer_start_s'],
  ['transfer_s', 'decode_queued_s'],
  ['decode_queue_s', 'decode_start_s'],
  ['first_decode_step_s', 'first_token_s'],
  ['further_tokens_s', 'completed_s'],
] as const satisfies ReadonlyArray<readonly [RequestStageTerm, keyof RequestLog]>;

/** Every stage that a request may pass, in that order: the order of their colours. */
export const REQUEST_STAGES: readonly RequestStageTerm[] = ENDS.map(([stage]) => stage);

/** What charts call the stages, in the same order. */
export const stageNames: readonly string[] = REQUEST_STAGES.map((stage) => definitions[stage].label);

/**
 * The stages of request `id` that take time, in order; they cover it from its arrival to its completion, or to `end_s`
 * when it was still in the system then. A request that was turned away has none.
 *
 * @example
 * requestStages(log, 7, report.end_s).map(({ stage, from_s, to_s }) => `${stage}: ${to_s - from_s}`);
 */
export function requestStages(log: RequestLog, id: number, end_s: number): RequestStage[] {
  const stages: RequestStage[] = [];
  const rejected = log.outcome[id] === 2;
  let reached_s = log.arrival_s[id] ?? Number.NaN;
  if (rejected || Number.isNaN(reached_s)) return stages;
  const last = ENDS.findLastIndex(([, instant]) => !Number.isNaN(log[instant][id] ?? Number.NaN));
  for (const [index, [stage, instant]] of ENDS.entries()) {
    const ended_s = log[instant][id] ?? Number.NaN;
    // What it skipped takes no time; what it had not ended when the run did goes on until then.
    const to_s = index > last ? end_s : Number.isNaN(ended_s) ? reached_s : Math.max(ended_s, reached_s);
    if (to_s > reached_s) stages.push({ stage, from_s: reached_s, to_s });
    reached_s = Math.max(reached_s, to_s);
    if (index > last) break;
  }
  return stages;
}
