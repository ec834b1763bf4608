/** Whether a scenario looks at the prefixes of its prompts. Knows no trace. */
import type { ScenarioConfig } from './schema/scenario.ts';

/**
 * Whether the cluster in use keeps prefixes, so that the hash ids of a trace are worth reading.
 *
 * @example
 * keepsPrefixes(config); // false: the ids of a trace need not be read
 */
export function keepsPrefixes({ mode, cluster_mono, cluster_disagg }: ScenarioConfig): boolean {
  const cluster = mode === 'mono' ? cluster_mono : cluster_disagg;
  if (cluster.model !== 'steps') return false;
  return ('replica' in cluster ? cluster.replica : cluster.prefill_replica).enable_prefix_caching;
}
