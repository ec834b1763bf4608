/**
 * The places of a replay from left to right: which stages each holds and how many fit. Knows no drawing.
 */
import { definitions } from '@llmsim/analysis';
import type { RunRequests } from '../sim/protocol.ts';
import type { Stage } from './replay-events.ts';
import type { ReplayState } from './replay-state.ts';

export interface Lane {
  readonly label: string;
  readonly stages: readonly Stage[];
  /** GPUs of a pool, null for a place where requests wait or move. */
  readonly gpus: number | null;
}

/** One lane a queue and a pool; transfers have one where there are any. */
export function lanesOf({ pools, log }: Pick<RunRequests, 'pools' | 'log'>): readonly Lane[] {
  const [first, second] = pools;
  const queue = (stage: Stage & keyof typeof definitions): Lane => ({
    label: definitions[stage].label,
    stages: [stage],
    gpus: null,
  });
  if (first === undefined) return [];
  const waiting = queue('prefill_queue_s');
  if (second === undefined) {
    const served: readonly Stage[] = [
      'prefill_s',
      'decode_queue_s',
      'first_decode_step_s',
      'further_tokens_s',
    ];
    return [waiting, { label: `${first.name} pool`, stages: served, gpus: first.gpus }];
  }
  // Without a link the KV cache is there at once.
  const moves = log.decode_queued_s.some((queued_s, id) => queued_s > (log.prefill_end_s[id] ?? queued_s));
  return [
    waiting,
    { label: `${first.name} pool`, stages: ['prefill_s'], gpus: first.gpus },
    ...(moves
      ? [{ label: 'KV transfer', stages: ['transfer_wait_s', 'transfer_s'] as const, gpus: null }]
      : []),
    queue('decode_queue_s'),
    { label: `${second.name} pool`, stages: ['first_decode_step_s', 'further_tokens_s'], gpus: second.gpus },
  ];
}

/** The requests in a lane, in the order of its stages and of their coming. */
export function membersOf({ stages }: Lane, state: ReplayState): readonly number[] {
  return stages.flatMap((stage) => [...state.in(stage)]);
}
