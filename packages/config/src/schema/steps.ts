/**
 * Clusters of the step model: pools of replicas with continuous batching. Knows no replica's inside.
 */
import * as z from 'zod';
import { kvLinkSchema } from './kv-link.ts';
import { machines } from './quantities.ts';
import { replicaSchema, settledReplica } from './replica.ts';
import { decodeKeepsNoPrefixes, newsMatter, poolRoutingKeys, routingKeys } from './routing.ts';

const model = z.literal('steps').meta({
  description: 'steps: replicas run engine steps with continuous batching.',
});

export const monoStepsSchema = z
  .strictObject({
    model,
    replicas: machines().default(4).meta({ description: 'Replicas in the pool.' }),
    ...routingKeys,
    replica: replicaSchema.prefault({}).meta({ description: 'What every replica is.' }),
  })
  .check(newsMatter);

export const disaggStepsSchema = z
  .strictObject({
    model,
    prefill_replicas: machines().default(2).meta({ description: 'Replicas in the prefill pool.' }),
    decode_replicas: machines().default(2).meta({ description: 'Replicas in the decode pool.' }),
    ...routingKeys,
    ...poolRoutingKeys,
    prefill_replica: replicaSchema.prefault({}).meta({ description: 'What every prefill replica is.' }),
    decode_replica: replicaSchema.prefault({}).meta({ description: 'What every decode replica is.' }),
    first_token: z.enum(['decode', 'prefill']).default('decode').meta({
      description: 'Where the first token appears: after the first decode step, or at the end of prefill.',
    }),
    link: kvLinkSchema.optional().meta({
      description: 'Network between the pools; absent: the KV cache moves in no time.',
      examples: [{ latency_s: 0.002, bandwidth_bytes_per_s: 25e9, kv_bytes_per_token: 131072 }],
    }),
  })
  .check(newsMatter, decodeKeepsNoPrefixes);

/** One pool of replicas that do prefill and decode. */
export type MonoSteps = z.output<typeof monoStepsSchema>;

/** A pool of prefill replicas, then a pool of decode replicas. */
export type DisaggSteps = z.output<typeof disaggStepsSchema>;

/** Fills in the step times that the replica's other keys leave open; a cluster of the other model stays. */
export function settledMono<Other extends TokenRate>(cluster: Other | MonoSteps): Other | MonoSteps {
  if (cluster.model !== 'steps') return cluster;
  return { ...cluster, replica: settledReplica(cluster.replica) };
}

/** As `settledMono`, of both kinds of replica. */
export function settledDisagg<Other extends TokenRate>(cluster: Other | DisaggSteps): Other | DisaggSteps {
  if (cluster.model !== 'steps') return cluster;
  return {
    ...cluster,
    prefill_replica: settledReplica(cluster.prefill_replica),
    decode_replica: settledReplica(cluster.decode_replica),
  };
}

interface TokenRate {
  readonly model: 'token_rate';
}
