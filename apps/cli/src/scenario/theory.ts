/** What queueing theory says of a scenario, or why it has nothing to say. Knows no formula. */
import { clusterTheory, type TokenRateTheory } from '@llmsim/analysis';
import type { ScenarioConfig } from '@llmsim/config';
import type { SimulationPlan } from '@llmsim/engine';

export function theoryOf(config: ScenarioConfig, { workload }: SimulationPlan): TokenRateTheory {
  return clusterTheory(workload, config.mode === 'mono' ? config.cluster_mono : config.cluster_disagg);
}
