/** The step model's architectures: replicas that batch continuously, monolithic or disaggregated. */
import { pipe } from 'rxjs';
import type { RoutingOptions, RoutingPolicy } from '../policies/routing.ts';
import { servedBy } from '../pool/served-by.ts';
import { batchedBy } from '../replica/batched-by.ts';
import type { ReplicaSpec } from '../replica/replica-spec.ts';
import type { KvLink } from '../transfer/kv-link.ts';
import { BetweenPools } from '../transfer/transfer-ends.ts';
import { transferredOver } from '../transfer/transferred-over.ts';
import type { Architecture } from './architecture.ts';
import { withFirstToken } from './first-token.ts';

export interface BatchedMonolithicCluster extends RoutingOptions {
  readonly replicas: number;
  readonly replica: ReplicaSpec;
}

/**
 * One pool `replica`; each request is prefilled and decoded by the replica it is routed to.
 *
 * @example
 * simulate({ ...plan, architecture: batchedMonolithic({ replicas: 4, replica }) });
 */
export function batchedMonolithic(cluster: BatchedMonolithicCluster): Architecture {
  return {
    mode: 'mono',
    flow: (arrivals, site) =>
      arrivals.pipe(batchedBy(site.replicas({ ...cluster, name: 'replica', stage: 'prefill_and_decode' }))),
  };
}

/** `routing` and its state: each pool has a router of its own, with `prefill_routing` or `decode_routing` where given. */
export interface BatchedDisaggregatedCluster extends RoutingOptions {
  readonly prefill_replicas: number;
  readonly decode_replicas: number;
  readonly prefill_replica: ReplicaSpec;
  readonly decode_replica: ReplicaSpec;
  readonly prefill_routing?: RoutingPolicy | undefined;
  readonly decode_routing?: RoutingPolicy | undefined;
  /** Absent: the KV cache is at the decode replica the moment prefill ends. */
  readonly link?: KvLink | undefined;
  /**
   * Which step produces the first token: the first decode step, or the last step of prefill, which then completes
   * answers of one token. Default `decode`.
   */
  readonly first_token?: 'decode' | 'prefill' | undefined;
}

/**
 * Two pools of replicas, `prefill` and `decode`, and the KV transfer between them. A prompt's blocks stay taken on
 * its prefill replica until its transfer ends; its decode replica is chosen when prefill ends, or when prefill begins
 * where layers are sent ahead over a shared link or into reserved blocks.
 *
 * @throws RangeError, when the run is set up, for a link that cannot be used.
 * @example
 * const link: KvLink = { latency_s: 0.002, bandwidth_bytes_per_s: 25e9, kv_bytes_per_token: 131_072, sharing: 'fair' };
 * batchedDisaggregated({ prefill_replicas: 3, decode_replicas: 2, prefill_replica, decode_replica, link });
 */
export function batchedDisaggregated(cluster: BatchedDisaggregatedCluster): Architecture {
  return {
    mode: 'disagg',
    flow: (arrivals, site) => {
      const { prefill_replicas, decode_replicas, prefill_replica, decode_replica } = cluster;
      const { routing, routing_refresh_s, prefill_routing = routing, decode_routing = routing } = cluster;
      const prefill = site.replicas({
        name: 'prefill',
        replicas: prefill_replicas,
        replica: prefill_replica,
        stage: 'prefill',
        routing: prefill_routing,
        routing_refresh_s,
      });
      const decode = site.replicas({
        name: 'decode',
        replicas: decode_replicas,
        replica: decode_replica,
        stage: 'decode',
        routing: decode_routing,
        routing_refresh_s,
      });
      const ends = new BetweenPools(
        prefill,
        decode,
        site.requests,
        cluster.first_token === 'prefill' ? 1 : 0,
      );
      const decoding = pipe(transferredOver(cluster.link, site, ends), servedBy(decode));
      if (cluster.first_token !== 'prefill') return arrivals.pipe(batchedBy(prefill), decoding);
      const completed = (slot: number): void => prefill.release(slot, site.requests.gpu[slot] ?? 0);
      return arrivals.pipe(batchedBy(prefill), withFirstToken(site, prefill.name, decoding, completed));
    },
  };
}
