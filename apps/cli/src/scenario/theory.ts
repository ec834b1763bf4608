/** What queueing theory says of a scenario, or why it has nothing to say. Knows no formula. */
import { type TokenRateTheory, tokenRateTheory } from '@llmsim/analysis';
import type { ScenarioConfig } from '@llmsim/config';
import type { SimulationPlan } from '@llmsim/engine';

export function theoryOf(config: ScenarioConfig, { workload }: SimulationPlan): TokenRateTheory {
  const cluster = config.mode === 'mono' ? config.cluster_mono : config.cluster_disagg;
  if (workload.kind === 'replay')
    return no('the requests come from a trace, and formulas need a law of the gaps');
  if (workload.kind === 'closed_loop')
    return no('clients wait for their answers, so arrivals depend on the cluster');
  if (cluster.model === 'steps')
    return no('replicas batch requests step by step, which is no queue with fixed service times');
  if ('num_gpus' in cluster) return tokenRateTheory(workload, cluster);
  const { link, ...pools } = cluster;
  return tokenRateTheory(workload, link === undefined ? pools : { ...pools, link });
}

function no(reason: string): TokenRateTheory {
  return { applies: false, reason };
}
