/**
 * Whether the workload has what the routing of a cluster goes by: sessions, or prefixes and caches that keep them.
 */
import type { Workload } from '@llmsim/engine';
import type { Finding } from './problem.ts';
import type { Routing } from './schema/routing.ts';
import type { ScenarioConfig } from './schema/scenario.ts';

/** What is lacking, null when nothing is. */
export function unroutable(config: ScenarioConfig, workload: Workload): Finding | null {
  const key = config.mode === 'mono' ? 'cluster_mono' : 'cluster_disagg';
  const cluster = config[key];
  if (cluster.model !== 'steps') return null;
  const keeper = 'replica' in cluster ? cluster.replica : cluster.prefill_replica;
  const name = 'replica' in cluster ? 'replica' : 'prefill_replica';
  for (const [routingKey, routing] of routings(cluster)) {
    const found = lacking(routing, workload, keeper.enable_prefix_caching ? null : name);
    if (found !== null) {
      const message = `${routingKey} is ${routing}, and ${found.lack}`;
      return { path: [key, routingKey], message, fix: found.fix ?? loadInstead(routingKey, routing) };
    }
  }
  return null;
}

interface RoutedCluster {
  readonly routing: Routing;
  readonly prefill_routing?: Routing | undefined;
  readonly decode_routing?: Routing | undefined;
}

/** The routings in use, by their keys. A decode pool keeps no prefixes: `routing: prefix` means load there. */
function routings(cluster: RoutedCluster): ReadonlyArray<readonly [key: string, routing: Routing]> {
  const { routing, prefill_routing, decode_routing } = cluster;
  const used = prefill_routing === undefined || decode_routing === undefined;
  return [
    ...(used ? [['routing', routing] as const] : []),
    ...(prefill_routing === undefined ? [] : [['prefill_routing', prefill_routing] as const]),
    ...(decode_routing === undefined ? [] : [['decode_routing', decode_routing] as const]),
  ];
}

function lacking(
  routing: Routing,
  workload: Workload,
  cacheless: string | null,
): { readonly lack: string; readonly fix?: string } | null {
  const { session, hash_ids } =
    workload.kind === 'replay' ? workload : { session: undefined, hash_ids: undefined };
  if (routing === 'session' && session === undefined) return { lack: 'the workload says no sessions' };
  if (routing !== 'prefix') return null;
  if (cacheless !== null) {
    const fix = `Write enable_prefix_caching: true under ${cacheless}.`;
    return { lack: `${cacheless} keeps no prefixes`, fix };
  }
  return hash_ids === undefined ? { lack: 'the workload has no hash ids of prefixes' } : null;
}

function loadInstead(key: string, routing: Routing): string {
  const without = routing === 'session' ? 'a session' : 'a prefix';
  return `Write ${key}: least_outstanding, which is what requests without ${without} get.`;
}
