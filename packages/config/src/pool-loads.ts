/**
 * What a scenario asks of each pool against what the pool can do, from means alone: no simulation.
 */
import { hardwareOf, replicaSpecOf } from './hardware/replica-hardware.ts';
import type { ReplicaConfig } from './schema/replica.ts';
import type { ScenarioConfig } from './schema/scenario.ts';
import { type RequestWork, secondsPerRequest } from './step-work.ts';

export interface PoolLoad {
  /** The pool's name in reports. */
  readonly pool: string;
  /** The key that says how many servers it has. */
  readonly key: string;
  /** What serves: a GPU, or a replica on one or more of them. */
  readonly server: 'GPU' | 'replica';
  readonly servers: number;
  readonly gpus: number;
  /** Seconds of one server that a request of mean lengths costs; of a replica, its share of full batches. */
  readonly service_s: number;
  /** Requests per second that all servers together can serve. */
  readonly capacity_rps: number;
  /** Offered rate / capacity; a queue grows all along from 1 on. */
  readonly load: number;
}

/** Mean lengths, tokens. */
export interface MeanLengths {
  readonly prompt_tokens: number;
  readonly output_tokens: number;
}

/**
 * One entry per pool of the cluster in use.
 *
 * @example
 * poolLoads(config, 2, { prompt_tokens: 1024, output_tokens: 256 }).map(({ pool, load }) => `${pool}: ${load}`);
 */
export function poolLoads(config: ScenarioConfig, rate_per_s: number, lengths: MeanLengths): PoolLoad[] {
  return serversOf(config, lengths).map((pool) => {
    const capacity_rps = pool.servers / pool.service_s;
    return { ...pool, capacity_rps, load: rate_per_s / capacity_rps };
  });
}

type Servers = Omit<PoolLoad, 'capacity_rps' | 'load'>;

function serversOf(config: ScenarioConfig, lengths: MeanLengths): Servers[] {
  if (config.mode === 'mono') {
    const cluster = config.cluster_mono;
    if (cluster.model === 'steps') {
      const { replicas, replica } = cluster;
      return [
        replicasOf('replica', 'cluster_mono.replicas', replicas, replica, 'prefill_and_decode', lengths),
      ];
    }
    const service_s =
      lengths.prompt_tokens / cluster.prefill_tokens_per_s +
      lengths.output_tokens / cluster.decode_tokens_per_s;
    return [gpusOf('gpu', 'cluster_mono.num_gpus', cluster.num_gpus, service_s)];
  }
  const cluster = config.cluster_disagg;
  if (cluster.model === 'steps') {
    const { prefill_replicas, prefill_replica, decode_replicas, decode_replica } = cluster;
    const [prefills, decodes] = ['cluster_disagg.prefill_replicas', 'cluster_disagg.decode_replicas'];
    return [
      replicasOf('prefill', prefills ?? '', prefill_replicas, prefill_replica, 'prefill', lengths),
      replicasOf('decode', decodes ?? '', decode_replicas, decode_replica, 'decode', lengths),
    ];
  }
  const { prefill_gpus, prefill_tokens_per_s, decode_gpus, decode_tokens_per_s } = cluster;
  return [
    gpusOf(
      'prefill',
      'cluster_disagg.prefill_gpus',
      prefill_gpus,
      lengths.prompt_tokens / prefill_tokens_per_s,
    ),
    gpusOf('decode', 'cluster_disagg.decode_gpus', decode_gpus, lengths.output_tokens / decode_tokens_per_s),
  ];
}

function gpusOf(pool: string, key: string, gpus: number, service_s: number): Servers {
  return { pool, key, server: 'GPU', servers: gpus, gpus, service_s };
}

function replicasOf(
  pool: string,
  key: string,
  servers: number,
  replica: ReplicaConfig,
  stage: RequestWork['stage'],
  lengths: MeanLengths,
): Servers {
  const gpus = servers * (hardwareOf(replica)?.tensor_parallel_size ?? 1);
  const service_s = secondsPerRequest(replicaSpecOf(replica), { stage, ...lengths });
  return { pool, key, server: 'replica', servers, gpus, service_s };
}
