/**
 * The `link` mapping: the network that carries a prompt's KV cache from prefill to decode.
 */
import * as z from 'zod';
import { notNegative, positive } from './quantities.ts';

export const linkSchema = z.strictObject({
  latency_s: notNegative().default(0).meta({
    description: 'Time before the first byte arrives, seconds.',
  }),
  bandwidth_bytes_per_s: positive().meta({
    description: 'Bytes per second of one transfer.',
    examples: [25e9],
  }),
  kv_bytes_per_token: positive().meta({
    description: 'KV cache of one prompt token, bytes.',
    examples: [131072],
  }),
});

/** A network between the pools: a transfer takes latency_s + prompt_tokens × kv_bytes_per_token / bandwidth_bytes_per_s. */
export type Link = z.output<typeof linkSchema>;
