/** Whether a number of one pool can be read anywhere, told before anything runs. Knows no runs. */
import type { NamedReading } from '@llmsim/analysis';
import type { ScenarioConfig } from '@llmsim/config';
import { UserError } from '../exit-codes.ts';

type Clusters = Pick<ScenarioConfig, 'mode' | 'cluster_mono'>;

/** @throws UserError for a reading of a pool that none of the configurations has. */
export function refuseUnknownPools(readings: readonly NamedReading[], configs: readonly Clusters[]): void {
  const pools = new Set(configs.flatMap(poolsOf));
  for (const { key } of readings) {
    const [, pool] = /^pools\.([^.]+)\./.exec(key) ?? [];
    if (pool === undefined || pools.has(pool)) continue;
    const known = [...pools].map((name) => key.replace(pool, name)).join(' or ');
    throw new UserError(`--metric ${key}: nothing that runs has a pool ${pool}. Write ${known}.`);
  }
}

function poolsOf({ mode, cluster_mono }: Clusters): string[] {
  if (mode === 'disagg') return ['prefill', 'decode'];
  return [cluster_mono.model === 'steps' ? 'replica' : 'gpu'];
}
