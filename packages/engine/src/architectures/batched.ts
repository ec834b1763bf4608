/** The step model's architectures: replicas that batch continuously, monolithic or disaggregated. */
import { servedBy } from '../pool/served-by.ts';
import { batchedBy } from '../replica/batched-by.ts';
import type { ReplicaSpec } from '../replica/replica.ts';
import { type KvLink, transferredOver } from '../transfer/kv-link.ts';
import type { Architecture } from './architecture.ts';

export interface BatchedMonolithicCluster {
  readonly replicas: number;
  readonly replica: ReplicaSpec;
}

/**
 * One pool `replica`; each request is prefilled and decoded by the replica it is routed to.
 *
 * @example
 * simulate({ ...plan, architecture: batchedMonolithic({ replicas: 4, replica }) });
 */
export function batchedMonolithic({ replicas, replica }: BatchedMonolithicCluster): Architecture {
  return {
    mode: 'mono',
    flow: (arrivals, site) =>
      arrivals.pipe(
        batchedBy(site.replicas({ name: 'replica', replicas, replica, stage: 'prefill_and_decode' })),
      ),
  };
}

export interface BatchedDisaggregatedCluster {
  readonly prefill_replicas: number;
  readonly decode_replicas: number;
  readonly prefill_replica: ReplicaSpec;
  readonly decode_replica: ReplicaSpec;
  /** Absent: the KV cache is at the decode replica the moment prefill ends. */
  readonly link?: KvLink;
}

/**
 * Two pools of replicas, `prefill` and `decode`, and the KV transfer between them. A prompt's blocks stay taken on
 * its prefill replica until its transfer ends; its decode replica is chosen when the transfer starts.
 */
export function batchedDisaggregated(cluster: BatchedDisaggregatedCluster): Architecture {
  return {
    mode: 'disagg',
    flow: (arrivals, site) => {
      const prefill = site.replicas({
        name: 'prefill',
        replicas: cluster.prefill_replicas,
        replica: cluster.prefill_replica,
        stage: 'prefill',
      });
      const decode = site.replicas({
        name: 'decode',
        replicas: cluster.decode_replicas,
        replica: cluster.decode_replica,
        stage: 'decode',
      });
      const cameFrom = new Map<number, number>();
      const watcher = {
        started: (slot: number) => {
          cameFrom.set(slot, site.requests.gpu[slot] ?? 0);
          decode.route(slot);
        },
        ended: (slot: number) => {
          prefill.release(slot, cameFrom.get(slot) ?? 0);
          cameFrom.delete(slot);
        },
      };
      return arrivals.pipe(
        batchedBy(prefill),
        transferredOver(cluster.link, site, watcher),
        servedBy(decode),
      );
    },
  };
}
