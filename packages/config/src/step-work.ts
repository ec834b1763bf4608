/**
 * What a request costs a replica that is always full, from its step times. Knows no configuration and no queue.
 */
import type { ReplicaSpec, ReplicaStage } from '@llmsim/engine';

export interface RequestWork {
  readonly stage: ReplicaStage;
  readonly prompt_tokens: number;
  readonly output_tokens: number;
}

/**
 * Seconds of a replica per request: its prefill tokens and their attention, its decode steps with their context, and
 * its share of the base time of the steps it takes part in, when batches are as large as sequences, tokens of a step
 * and KV blocks let them be.
 */
export function secondsPerRequest(replica: ReplicaSpec, work: RequestWork): number {
  const { step_time } = replica;
  const prefill = work.stage === 'decode' ? 0 : work.prompt_tokens;
  const decodes = decodesOf(work);
  const context = work.prompt_tokens + work.output_tokens / 2;
  const batch = Math.min(replica.max_num_seqs, sequencesInMemory(replica, work));
  // The base time is shared by the batch; a step has room for so many tokens.
  const steps = Math.max(Math.max(decodes, 1) / batch, (prefill + decodes) / replica.max_num_batched_tokens);
  return (
    step_time.base_s * steps +
    step_time.prefill_token_s * prefill +
    step_time.prefill_attention_s * ((prefill * prefill) / 2) +
    decodes * (step_time.decode_seq_s + step_time.decode_context_token_s * context)
  );
}

/** Steps that produce a token each; after a prefill the first token needs none. */
function decodesOf({ stage, output_tokens }: RequestWork): number {
  if (stage === 'prefill') return 0;
  return stage === 'decode' ? output_tokens : Math.max(0, output_tokens - 1);
}

/** Requests whose KV, half of the answer on average, the blocks hold together; at least the one that runs. */
function sequencesInMemory(
  replica: ReplicaSpec,
  { stage, prompt_tokens, output_tokens }: RequestWork,
): number {
  if (replica.num_gpu_blocks === undefined) return Number.POSITIVE_INFINITY;
  const tokens = stage === 'prefill' ? prompt_tokens : prompt_tokens + output_tokens / 2;
  return Math.max(1, Math.floor(replica.num_gpu_blocks / Math.ceil(tokens / replica.block_size)));
}
