/**
 * The configuration as a result file holds it, so that the file runs again from where it lies and says no more than the
 * scenario did.
 */
import { isAbsolute, relative, resolve } from 'node:path';
import type { Scenario, ScenarioConfig } from '@llmsim/config';

export interface ConfigSource {
  readonly config: ScenarioConfig;
  /** What the scenario writes. */
  readonly fields: Scenario['fields'];
  /** Where relative paths start; null for those of a shipped scenario, which are found from anywhere. */
  readonly folder: string | null;
}

/**
 * The configuration for a file in `folder`. A relative path to a trace starts there. A cluster that is neither written nor
 * run stays out: its defaults would be taken for a cluster to compare with.
 */
export function configForFile({ config, fields, folder: base }: ConfigSource, folder: string): object {
  const { trace } = config;
  const [used, other] =
    config.mode === 'mono' ? ['cluster_mono', 'cluster_disagg'] : ['cluster_disagg', 'cluster_mono'];
  const alone = fields.has(used) && !fields.has(other);
  const said = Object.fromEntries(Object.entries(config).filter(([key]) => !(alone && key === other)));
  if (trace === undefined || base === null || trace.path === '-' || isAbsolute(trace.path)) return said;
  return { ...said, trace: { ...trace, path: relative(folder, resolve(base, trace.path)) } };
}
