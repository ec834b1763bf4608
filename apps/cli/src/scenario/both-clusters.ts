/**
 * A scenario with both clusters on the same machines. A file that writes only one of them would otherwise be compared
 * with the defaults of the other. Knows no command.
 */
import { checkConfig, type Scenario, type ScenarioConfig } from '@llmsim/config';

export interface BothClusters {
  readonly config: ScenarioConfig;
  /** What was done about it, a sentence; null for nothing. */
  readonly note: string | null;
}

export function bothClusters({ config, fields }: Scenario): BothClusters {
  const mono = fields.has('cluster_mono');
  if (mono === fields.has('cluster_disagg')) return { config, note: null };
  const [written, derived] = mono ? ['cluster_mono', 'cluster_disagg'] : ['cluster_disagg', 'cluster_mono'];
  const checked = checkConfig({ ...config, [derived]: mono ? disaggLike(config) : monoLike(config) });
  // What the one cluster can do, the other can: only a link may need a word that is not there, and there is none.
  if (!checked.ok) throw new Error(checked.problems.map(({ message }) => message).join('; '));
  return {
    config: checked.config,
    note: `the scenario writes ${written} alone; ${derived} is taken to be the same machines`,
  };
}

/**
 * The scenario, and where its mode is that of the cluster it does not write, with that cluster on the machines of the
 * other.
 */
export function onItsMachines(scenario: Scenario): {
  readonly scenario: Scenario;
  readonly note: string | null;
} {
  if (scenario.fields.has(`cluster_${scenario.config.mode}`)) return { scenario, note: null };
  const { config, note } = bothClusters(scenario);
  return { scenario: { ...scenario, config }, note };
}

/** What to know of a run of the cluster that a scenario does not write, a sentence; null where it writes it. */
export function defaultsNote({ config: { mode }, fields }: Scenario): string | null {
  const [used, other] =
    mode === 'mono' ? ['cluster_mono', 'cluster_disagg'] : ['cluster_disagg', 'cluster_mono'];
  if (fields.has(used) || !fields.has(other)) return null;
  return `the scenario writes ${other} alone; ${used} has its defaults in a run, and is the same machines in compare and sweep`;
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
