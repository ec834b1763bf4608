/**
 * Clusters of the token-rate model: a request holds one whole GPU, which works at a fixed rate.
 */
import * as z from 'zod';
import { linkSchema } from './link.ts';
import { machines, positive } from './quantities.ts';

const model = z.literal('token_rate').optional().default('token_rate').meta({
  description: 'token_rate: a request holds one whole GPU that works at a fixed rate of tokens per second.',
});

const prefillRate = positive().default(8000).meta({
  description: 'Prompt tokens that one GPU computes per second.',
});

const decodeRate = positive().default(2000).meta({
  description: 'Output tokens that one GPU produces per second.',
});

export const monoTokenRateSchema = z.strictObject({
  model,
  num_gpus: machines().default(4).meta({ description: 'GPUs in the pool.' }),
  prefill_tokens_per_s: prefillRate,
  decode_tokens_per_s: decodeRate,
});

export const disaggTokenRateSchema = z.strictObject({
  model,
  prefill_gpus: machines().default(2).meta({ description: 'GPUs in the prefill pool.' }),
  decode_gpus: machines().default(2).meta({ description: 'GPUs in the decode pool.' }),
  prefill_tokens_per_s: prefillRate,
  decode_tokens_per_s: decodeRate,
  link: linkSchema.optional().meta({
    description: 'Network between the pools; absent: the KV cache moves in no time.',
    examples: [{ latency_s: 0.002, bandwidth_bytes_per_s: 25e9, kv_bytes_per_token: 131072 }],
  }),
});

/** One pool of GPUs that does prefill and decode. */
export type MonoTokenRate = z.output<typeof monoTokenRateSchema>;

/** A prefill pool, then a decode pool. */
export type DisaggTokenRate = z.output<typeof disaggTokenRateSchema>;
