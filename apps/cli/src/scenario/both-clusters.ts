/**
 * A scenario with both clusters on the same machines: the rule of every command. A file that writes only one of them would
 * otherwise run, or be compared with, the defaults of the other. Knows no command.
 */
import { checkConfig, type Scenario, type ScenarioConfig } from '@llmsim/config';

export type ClusterKey = 'cluster_mono' | 'cluster_disagg';

export interface BothClusters {
  readonly config: ScenarioConfig;
  /** What was done about it, a sentence; null for nothing. */
  readonly note: string | null;
  /** The cluster that is written, where the other one was made of its machines; null for nothing. */
  readonly from: ClusterKey | null;
}

/** A scenario, and of what machines a cluster was made that options change and the text does not write. */
export interface LoadedScenario extends Scenario {
  /** The cluster that the text writes; null where it writes what is changed. */
  readonly machines_of: ClusterKey | null;
}

export function bothClusters(scenario: Scenario | LoadedScenario): BothClusters {
  const { config, fields } = scenario;
  const machines_of = 'machines_of' in scenario ? scenario.machines_of : null;
  if (machines_of !== null) return { config, note: noteOf(machines_of), from: machines_of };
  const mono = fields.has('cluster_mono');
  if (mono === fields.has('cluster_disagg')) return { config, note: null, from: null };
  const written: ClusterKey = mono ? 'cluster_mono' : 'cluster_disagg';
  const derived = otherThan(written);
  const checked = checkConfig({ ...config, [derived]: mono ? disaggLike(config) : monoLike(config) });
  // What the one cluster can do, the other can: only a link may need a word that is not there, and there is none.
  if (!checked.ok) throw new Error(checked.problems.map(({ message }) => message).join('; '));
  return {
    config: checked.config,
    note: noteOf(written),
    from: written,
  };
}

/**
 * The scenario, and where its mode is that of the cluster it does not write, with that cluster on the machines of the
 * other.
 */
export function onItsMachines(
  scenario: LoadedScenario,
): Omit<BothClusters, 'config'> & { readonly scenario: Scenario } {
  const { fields, config: given, machines_of } = scenario;
  const used: ClusterKey = `cluster_${given.mode}`;
  if (machines_of === used || (machines_of === null && fields.has(used)))
    return { scenario, note: null, from: null };
  const { config, note, from } = bothClusters(scenario);
  return { scenario: { ...scenario, config }, note, from };
}

function noteOf(written: ClusterKey): string {
  return `the scenario writes ${written} alone; ${otherThan(written)} is taken to be the same machines`;
}

/** The cluster of the other architecture. */
export function otherThan(key: ClusterKey): ClusterKey {
  return key === 'cluster_mono' ? 'cluster_disagg' : 'cluster_mono';
}

/**
 * Where a problem of a cluster that nobody wrote stands: at the key of the other one that it was made of.
 */
export function writtenPath(path: string, fields: Scenario['fields']): string {
  const [cluster = '', ...keys] = path.split('.');
  if (cluster !== 'cluster_mono' && cluster !== 'cluster_disagg') return path;
  const other = otherThan(cluster);
  if (fields.has(cluster) || !fields.has(other)) return path;
  const names = keys.map((key) => {
    if (other === 'cluster_mono')
      return key === 'prefill_replica' || key === 'decode_replica' ? 'replica' : key;
    return key === 'replica' ? 'prefill_replica' : key;
  });
  return [other, ...names].join('.');
}

function disaggLike({ cluster_mono }: ScenarioConfig): object {
  if (cluster_mono.model === 'token_rate') {
    const { num_gpus, prefill_tokens_per_s, decode_tokens_per_s } = cluster_mono;
    const [prefill_gpus, decode_gpus] = halves(num_gpus);
    return { prefill_gpus, decode_gpus, prefill_tokens_per_s, decode_tokens_per_s };
  }
  const { replicas, replica, routing, routing_refresh_s } = cluster_mono;
  const [prefill_replicas, decode_replicas] = halves(replicas);
  const pools = { prefill_replicas, decode_replicas, prefill_replica: replica, decode_replica: replica };
  return { model: 'steps', ...pools, routing, routing_refresh_s };
}

/** Of an odd number the larger half decodes; one server cannot be shared, and there are two. */
function halves(servers: number): [prefill: number, decode: number] {
  const prefill = Math.max(1, Math.floor(servers / 2));
  return [prefill, Math.max(1, servers - prefill)];
}

/** Replicas that do both are those that prefill. */
function monoLike({ cluster_disagg }: ScenarioConfig): object {
  if (cluster_disagg.model === 'token_rate') {
    const { prefill_gpus, decode_gpus, prefill_tokens_per_s, decode_tokens_per_s } = cluster_disagg;
    return { num_gpus: prefill_gpus + decode_gpus, prefill_tokens_per_s, decode_tokens_per_s };
  }
  const { prefill_replicas, decode_replicas, prefill_replica, routing, routing_refresh_s } = cluster_disagg;
  const replicas = prefill_replicas + decode_replicas;
  return { model: 'steps', replicas, routing, routing_refresh_s, replica: prefill_replica };
}
