/**
 * The cluster of a configuration → the architecture that the engine runs. Knows no workload.
 */
import {
  type Architecture,
  batchedDisaggregated,
  batchedMonolithic,
  disaggregated,
  type KvLink,
  leastOutstanding,
  leastTokens,
  monolithic,
  powerOfTwo,
  prefixRouting,
  type RoutingOptions,
  type RoutingPolicy,
  randomRouting,
  roundRobin,
  sessionRouting,
} from '@llmsim/engine';
import { hardwareOf, replicaSpecOf } from './hardware/replica-hardware.ts';
import type { Routing } from './schema/routing.ts';
import type { ScenarioConfig } from './schema/scenario.ts';
import type { DisaggSteps, MonoSteps } from './schema/steps.ts';

/** The cluster of `mode`; the other one is not looked at. */
export function architectureOf({ mode, cluster_mono, cluster_disagg }: ScenarioConfig): Architecture {
  if (mode === 'mono') {
    if (cluster_mono.model === 'token_rate') {
      const { num_gpus, prefill_tokens_per_s, decode_tokens_per_s } = cluster_mono;
      return monolithic({ num_gpus, prefill_tokens_per_s, decode_tokens_per_s });
    }
    const { replicas, replica } = cluster_mono;
    return batchedMonolithic({ ...routingOf(cluster_mono), replicas, replica: replicaSpecOf(replica) });
  }
  if (cluster_disagg.model === 'steps') return disaggSteps(cluster_disagg);
  const { link, model: _, ...pools } = cluster_disagg;
  return disaggregated(link === undefined ? pools : { ...pools, link });
}

const POLICIES: Readonly<Record<Routing, () => RoutingPolicy>> = {
  round_robin: roundRobin,
  random: randomRouting,
  least_outstanding: leastOutstanding,
  least_tokens: leastTokens,
  power_of_two: powerOfTwo,
  session: sessionRouting,
  prefix: prefixRouting,
};

function routingOf({ routing, routing_refresh_s }: MonoSteps | DisaggSteps): RoutingOptions {
  return { routing: POLICIES[routing](), routing_refresh_s };
}

function disaggSteps(cluster: DisaggSteps): Architecture {
  const link = kvLinkOf(cluster);
  const { prefill_routing, decode_routing } = cluster;
  return batchedDisaggregated({
    ...routingOf(cluster),
    ...(prefill_routing === undefined ? {} : { prefill_routing: POLICIES[prefill_routing]() }),
    ...(decode_routing === undefined ? {} : { decode_routing: POLICIES[decode_routing]() }),
    prefill_replicas: cluster.prefill_replicas,
    decode_replicas: cluster.decode_replicas,
    prefill_replica: replicaSpecOf(cluster.prefill_replica),
    decode_replica: replicaSpecOf(cluster.decode_replica),
    first_token: cluster.first_token,
    ...(link === null ? {} : { link }),
  });
}

/** The link, with cache and layers of the model that the prefill replica names where the file does not say them. */
function kvLinkOf({ link, prefill_replica }: DisaggSteps): KvLink | null {
  if (link === undefined) return null;
  const { latency_s, bandwidth_bytes_per_s, sharing, overlap, reserve, fabric_bytes_per_s } = link;
  const hardware = hardwareOf(prefill_replica);
  const { prefill, decode } = link.nic_bytes_per_s ?? {};
  const nic_bytes_per_s = {
    ...(prefill === undefined ? {} : { prefill }),
    ...(decode === undefined ? {} : { decode }),
  };
  const layers = link.layers ?? hardware?.num_layers;
  return {
    latency_s,
    bandwidth_bytes_per_s,
    // Checked when the file was read: one of the two says it.
    kv_bytes_per_token: link.kv_bytes_per_token ?? hardware?.memory.kv_bytes_per_token ?? 0,
    sharing,
    ...(link.nic_bytes_per_s === undefined ? {} : { nic_bytes_per_s }),
    ...(fabric_bytes_per_s === undefined ? {} : { fabric_bytes_per_s }),
    overlap,
    ...(overlap === 'layerwise' && layers !== undefined ? { layers } : {}),
    reserve,
  };
}
