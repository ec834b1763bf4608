/**
 * Clusters of the step model: replicas with continuous batching, parameters named as in the serving engines.
 */
import * as z from 'zod';
import { linkSchema } from './link.ts';
import { count, machines, notNegative, positive } from './quantities.ts';

const model = z.literal('steps').meta({
  description: 'steps: replicas run engine steps with continuous batching.',
});

const routing = z.enum(['round_robin']).default('round_robin').meta({
  description: 'Which replica a request goes to: round_robin in order of arrival.',
});

const stepTimeSchema = z.strictObject({
  base_s: positive().default(0.006).meta({ description: 'Every step, seconds.' }),
  prefill_token_s: notNegative().default(5e-5).meta({ description: 'Per prefill token, seconds.' }),
  decode_seq_s: notNegative().default(2e-5).meta({ description: 'Per decoding request, seconds.' }),
  decode_context_token_s: notNegative().default(2e-8).meta({
    description: 'Per token of context of the decoding requests, seconds.',
  }),
  prefill_attention_s: notNegative().default(1e-9).meta({
    description: 'Per n·(computed + n/2) of a prefill of n tokens, seconds.',
  }),
});

const replicaSchema = z.strictObject({
  max_num_seqs: count().default(64).meta({ description: 'Most requests in one batch.' }),
  max_num_batched_tokens: count().default(2048).meta({ description: 'Most tokens in one step.' }),
  enable_chunked_prefill: z.boolean().default(true).meta({
    description: 'Cut a prompt that does not fit into a step, instead of making it wait.',
  }),
  block_size: count().default(16).meta({ description: 'Tokens in a KV block.' }),
  num_gpu_blocks: count()
    .optional()
    .meta({ description: 'KV blocks of a replica; absent: unlimited.', examples: [1400] }),
  step_time: stepTimeSchema.prefault({}).meta({ description: 'How long a step takes.' }),
});

export const monoStepsSchema = z.strictObject({
  model,
  replicas: machines().default(4).meta({ description: 'Replicas in the pool.' }),
  routing,
  replica: replicaSchema.prefault({}).meta({ description: 'What every replica is.' }),
});

export const disaggStepsSchema = z.strictObject({
  model,
  prefill_replicas: machines().default(2).meta({ description: 'Replicas in the prefill pool.' }),
  decode_replicas: machines().default(2).meta({ description: 'Replicas in the decode pool.' }),
  routing,
  prefill_replica: replicaSchema.prefault({}).meta({ description: 'What every prefill replica is.' }),
  decode_replica: replicaSchema.prefault({}).meta({ description: 'What every decode replica is.' }),
  first_token: z.enum(['decode', 'prefill']).default('decode').meta({
    description: 'Where the first token appears: after the first decode step, or at the end of prefill.',
  }),
  link: linkSchema.optional().meta({
    description: 'Network between the pools; absent: the KV cache moves in no time.',
    examples: [{ latency_s: 0.002, bandwidth_bytes_per_s: 25e9, kv_bytes_per_token: 131072 }],
  }),
});
