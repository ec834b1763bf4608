/**
 * A replica of the step model: how it batches, what it runs on, how long its steps take. Parameters are named as in
 * the serving engines.
 */
import type { StepTime } from '@llmsim/engine';
import * as z from 'zod';
import { DEFAULT_STEP_TIME, stepTimeOf } from '../hardware/step-time.ts';
import {
  type HardwareKeys,
  hardwareIsWhole,
  hardwareKeys,
  namesHardware,
  precisionIsKnown,
  presetStandsAlone,
} from './hardware.ts';
import { kvReuseKeys, swapsOverALink } from './kv-reuse.ts';
import { count, notNegative, positive } from './quantities.ts';
import { rule } from './rule.ts';

function coefficient(key: keyof StepTime, description: string): z.ZodOptional<z.ZodNumber> {
  const value = DEFAULT_STEP_TIME[key];
  const number = key === 'base_s' ? positive() : notNegative();
  return number.optional().meta({ description, default: value });
}

const stepTimeSchema = z.strictObject({
  base_s: coefficient('base_s', 'Every step, seconds.'),
  prefill_token_s: coefficient('prefill_token_s', 'Per prefill token, seconds.'),
  decode_seq_s: coefficient('decode_seq_s', 'Per decoding request, seconds.'),
  decode_context_token_s: coefficient(
    'decode_context_token_s',
    'Per token of context of the decoding requests, seconds.',
  ),
  prefill_attention_s: coefficient(
    'prefill_attention_s',
    'Per n·(computed + n/2) of a prefill of n tokens, seconds.',
  ),
});

interface Budgets {
  readonly max_num_seqs: number;
  readonly max_num_batched_tokens: number;
}

/** Of vLLM: every running request needs a token of the budget. */
const budgetForEverybody: z.core.$ZodCheck<Budgets> = rule(
  ['max_num_seqs', 'max_num_batched_tokens'],
  ({ max_num_seqs, max_num_batched_tokens }: Budgets) =>
    max_num_batched_tokens >= max_num_seqs
      ? null
      : {
          blame: 'max_num_batched_tokens',
          besides: 'max_num_seqs',
          message: `max_num_batched_tokens must be at least max_num_seqs, got ${max_num_batched_tokens} and ${max_num_seqs}`,
          fix: 'Raise max_num_batched_tokens or lower max_num_seqs: every decoding request takes a token of a step.',
        },
);

type BlockKeys = Pick<HardwareKeys, 'gpu_memory_utilization'> & {
  readonly num_gpu_blocks?: number | undefined;
};

const blocksAreSaidOnce: z.core.$ZodCheck<BlockKeys> = rule(
  ['num_gpu_blocks', 'gpu_memory_utilization'],
  ({ num_gpu_blocks, gpu_memory_utilization }: BlockKeys) =>
    num_gpu_blocks === undefined || gpu_memory_utilization === undefined
      ? null
      : {
          blame: 'gpu_memory_utilization',
          message:
            'num_gpu_blocks says how many blocks there are, and gpu_memory_utilization would not count',
          fix: 'Remove one of the two.',
        },
);

export const replicaSchema = z
  .strictObject({
    ...hardwareKeys,
    max_num_seqs: count().default(64).meta({ description: 'Most requests in one batch.' }),
    max_num_batched_tokens: count().default(2048).meta({
      description: 'Most tokens in one step; at least max_num_seqs.',
    }),
    enable_chunked_prefill: z.boolean().default(true).meta({
      description: 'Cut a prompt that does not fit into a step, instead of making it wait.',
    }),
    async_scheduling: z.boolean().default(false).meta({
      description: 'Fix the batch of a step when the step before begins, as vLLM does from 0.14 on.',
    }),
    block_size: count().default(16).meta({ description: 'Tokens in a KV block.' }),
    num_gpu_blocks: count()
      .optional()
      .meta({
        description:
          'KV blocks of a replica; absent: as many as the memory of the named hardware holds, unlimited without one.',
        examples: [1400],
      }),
    ...kvReuseKeys,
    step_time: stepTimeSchema.optional().meta({
      description: 'How long a step takes; with hardware, what is written here replaces its coefficients.',
      examples: [{ base_s: DEFAULT_STEP_TIME.base_s }],
    }),
  })
  .check(
    budgetForEverybody,
    presetStandsAlone,
    hardwareIsWhole,
    precisionIsKnown,
    blocksAreSaidOnce,
    swapsOverALink,
  );

/** A replica as the file says it, defaults filled in; without hardware its step times are whole. */
export type ReplicaConfig = z.output<typeof replicaSchema>;

/** Fills in the step times of a replica that names no hardware. */
export function settledReplica(replica: ReplicaConfig): ReplicaConfig {
  return namesHardware(replica) ? replica : { ...replica, step_time: stepTimeOf(replica, DEFAULT_STEP_TIME) };
}
