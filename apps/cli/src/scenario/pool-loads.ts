/**
 * What a scenario asks of each pool against what the pool can do, from means alone: no simulation.
 */
import type { ScenarioConfig } from '@llmsim/config';

export interface PoolLoad {
  readonly pool: string;
  readonly gpus: number;
  /** Mean time that a request holds a GPU, seconds. */
  readonly service_s: number;
  /** Requests per second that all GPUs together can serve. */
  readonly capacity_rps: number;
  /** Offered rate / capacity; a queue grows all along from 1 on. */
  readonly load: number;
}

/** One entry per pool of the cluster in use; none for the step model, whose service time depends on the batch. */
export function poolLoads(config: ScenarioConfig, rate_per_s: number, lengths: MeanLengths): PoolLoad[] {
  const cluster = config.mode === 'mono' ? config.cluster_mono : config.cluster_disagg;
  if (cluster.model === 'steps') return [];
  const prefill_s = lengths.prompt_tokens / cluster.prefill_tokens_per_s;
  const decode_s = lengths.output_tokens / cluster.decode_tokens_per_s;
  const pools =
    'num_gpus' in cluster
      ? [{ pool: 'gpu', gpus: cluster.num_gpus, service_s: prefill_s + decode_s }]
      : [
          { pool: 'prefill', gpus: cluster.prefill_gpus, service_s: prefill_s },
          { pool: 'decode', gpus: cluster.decode_gpus, service_s: decode_s },
        ];
  return pools.map((pool) => {
    const capacity_rps = pool.gpus / pool.service_s;
    return { ...pool, capacity_rps, load: rate_per_s / capacity_rps };
  });
}

/** Mean lengths, tokens. */
export interface MeanLengths {
  readonly prompt_tokens: number;
  readonly output_tokens: number;
}
