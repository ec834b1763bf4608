/**
 * About how long a cell takes, before it runs. Rough on purpose: it decides where cells run, never what they say.
 */
import { estimate, hasAutoWarmUp } from '@llmsim/config';
import type { ScenarioCell } from './scenario-cell.ts';

/** CPU seconds a request takes, on a machine of 2024. */
const TOKEN_RATE_S = 6e-7;
const STEPS_S = 2e-6;
/** What a run takes besides its requests. */
const RUN_S = 1e-3;

/** CPU seconds. */
export function expectedSeconds({ config, trace }: ScenarioCell): number {
  const { requests } = estimate(config, trace === null ? {} : { trace });
  const cluster = config.mode === 'mono' ? config.cluster_mono : config.cluster_disagg;
  const run_s = RUN_S + requests * (cluster.model === 'steps' ? STEPS_S : TOKEN_RATE_S);
  return hasAutoWarmUp(config) ? 2 * run_s : run_s;
}
