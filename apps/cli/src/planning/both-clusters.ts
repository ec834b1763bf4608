/**
 * A scenario with both clusters on the same machines. A file that writes only one of them would otherwise be compared
 * with the defaults of the other. Knows no search.
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

function disaggLike({ cluster_mono }: ScenarioConfig): object {
  if (cluster_mono.model === 'token_rate') {
    const { prefill_tokens_per_s, decode_tokens_per_s } = cluster_mono;
    return { prefill_tokens_per_s, decode_tokens_per_s };
  }
  const { replica, routing, routing_refresh_s } = cluster_mono;
  return { model: 'steps', routing, routing_refresh_s, prefill_replica: replica, decode_replica: replica };
}

/** Replicas that do both are those that prefill. */
function monoLike({ cluster_disagg }: ScenarioConfig): object {
  if (cluster_disagg.model === 'token_rate') {
    const { prefill_tokens_per_s, decode_tokens_per_s } = cluster_disagg;
    return { prefill_tokens_per_s, decode_tokens_per_s };
  }
  const { prefill_replica, routing, routing_refresh_s } = cluster_disagg;
  return { model: 'steps', routing, routing_refresh_s, replica: prefill_replica };
}
