/**
 * The hardware of whole clusters: what each pool runs on, and what about it cannot be. Knows no step times.
 */
import type { Finding } from '../problem.ts';
import { namesHardware } from '../schema/hardware.ts';
import type { ReplicaConfig } from '../schema/replica.ts';
import type { ScenarioConfig } from '../schema/scenario.ts';
import type { DisaggSteps } from '../schema/steps.ts';
import { gigabytes } from './bytes.ts';
import { hardwareOf, type ReplicaHardware } from './replica-hardware.ts';

/** What the replicas of one pool run on. */
export interface PoolHardware extends ReplicaHardware {
  /** The pool's name in reports. */
  readonly pool: string;
  /** What the replicas run with: as written, or as many as the memory holds. */
  readonly num_gpu_blocks: number;
}

/**
 * The hardware of each pool of the cluster in use; a pool that names none is left out.
 *
 * @example
 * for (const { pool, name, memory } of clusterHardware(config)) console.log(pool, name, memory.num_gpu_blocks);
 */
export function clusterHardware(config: ScenarioConfig): PoolHardware[] {
  const cluster = config.mode === 'mono' ? config.cluster_mono : config.cluster_disagg;
  if (cluster.model !== 'steps') return [];
  const pools: Array<[string, ReplicaConfig]> =
    'replica' in cluster
      ? [['replica', cluster.replica]]
      : [
          ['prefill', cluster.prefill_replica],
          ['decode', cluster.decode_replica],
        ];
  return pools.flatMap(([pool, replica]) => {
    const hardware = hardwareOf(replica);
    if (hardware === null) return [];
    return [{ ...hardware, pool, num_gpu_blocks: replica.num_gpu_blocks ?? hardware.memory.num_gpu_blocks }];
  });
}

/** What cannot be, in either cluster: a model larger than its GPUs, a cache nobody gave a size, two models. */
export function hardwareFindings({ cluster_mono, cluster_disagg }: ScenarioConfig): Finding[] {
  const mono =
    cluster_mono.model === 'steps' ? replicaFindings(cluster_mono.replica, ['cluster_mono', 'replica']) : [];
  return cluster_disagg.model === 'steps' ? [...mono, ...disaggFindings(cluster_disagg)] : mono;
}

function disaggFindings({ prefill_replica, decode_replica, link }: DisaggSteps): Finding[] {
  const path = ['cluster_disagg'];
  const found = [
    ...replicaFindings(prefill_replica, [...path, 'prefill_replica']),
    ...replicaFindings(decode_replica, [...path, 'decode_replica']),
  ];
  const model = hardwareOf(prefill_replica)?.model;
  const other = hardwareOf(decode_replica)?.model;
  if (model !== undefined && other !== undefined && model !== other) {
    found.push({
      path: [...path, 'decode_replica', decode_replica.preset === undefined ? 'model' : 'preset'],
      message: `prefill_replica runs ${model} and decode_replica ${other}: the one cannot use the KV cache of the other`,
      fix: 'Name the same model in both.',
    });
  }
  if (link !== undefined && link.kv_bytes_per_token === undefined && model === undefined) {
    found.push({
      path: [...path, 'link', 'kv_bytes_per_token'],
      message:
        'cluster_disagg.link.kv_bytes_per_token is missing, and prefill_replica names no model to take it from',
      fix: 'Add kv_bytes_per_token: 131072, or name a preset in prefill_replica.',
    });
  }
  if (link?.overlap === 'layerwise' && link.layers === undefined && model === undefined) {
    found.push({
      path: [...path, 'link', 'layers'],
      message: 'cluster_disagg.link.layers is missing, and prefill_replica names no model to take it from',
      fix: 'Add layers: 32, or name a preset in prefill_replica.',
    });
  }
  if (decode_replica.enable_prefix_caching) {
    found.push({
      path: [...path, 'decode_replica', 'enable_prefix_caching'],
      message: 'decode replicas compute no prompts, so there is no prefix for them to keep',
      fix: 'Write enable_prefix_caching under prefill_replica.',
    });
  }
  return found;
}

function replicaFindings(replica: ReplicaConfig, path: readonly string[]): Finding[] {
  return [...misfit(replica, path), ...unsizedSwap(replica, path)];
}

/** KV that goes to the host without anybody saying how large it is. */
function unsizedSwap(replica: ReplicaConfig, path: readonly string[]): Finding[] {
  const { host_link } = replica;
  if (host_link === undefined || host_link.kv_bytes_per_token !== undefined || namesHardware(replica))
    return [];
  const place = [...path, 'host_link', 'kv_bytes_per_token'];
  return [
    {
      path: place,
      message: `${place.join('.')} is missing, and the replica names no model to take it from`,
      fix: 'Add kv_bytes_per_token: 131072, or name a preset.',
    },
  ];
}

/** A model whose weights and overhead leave no block of KV cache. */
function misfit(replica: ReplicaConfig, path: readonly string[]): Finding[] {
  const hardware = hardwareOf(replica);
  if (hardware === null || replica.num_gpu_blocks !== undefined || hardware.memory.num_gpu_blocks > 0)
    return [];
  const { name, tensor_parallel_size, memory } = hardware;
  const { usable_bytes, weights_bytes, overhead_bytes, kv_bytes_per_token, block_size } = memory;
  const missing = weights_bytes + overhead_bytes + kv_bytes_per_token * block_size - usable_bytes;
  return [
    {
      path: [...path, replica.preset === undefined ? 'model' : 'preset'],
      message:
        `${name} does not fit by ${gigabytes(missing)}: ${gigabytes(weights_bytes)} of weights, ` +
        `${gigabytes(overhead_bytes)} of overhead and a KV block of ${gigabytes(kv_bytes_per_token * block_size)} ` +
        `need more than the usable ${gigabytes(usable_bytes)} of ${tensor_parallel_size} GPU${tensor_parallel_size === 1 ? '' : 's'}`,
      fix: 'Raise tensor_parallel_size, take a GPU with more memory, or a smaller precision.',
    },
  ];
}
