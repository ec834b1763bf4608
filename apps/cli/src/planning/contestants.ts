/** The two clusters that a crossover compares: as many GPUs in one pool, and in two. Knows no axes. */
import { type Candidate, type ContestPoint, gpusOf } from '@llmsim/analysis';
import { UserError } from '../exit-codes.ts';
import type { ScenarioCell } from '../running/scenario-cell.ts';
import { kindOfMode } from './kinds.ts';
import type { PlannedScenario } from './planned-scenario.ts';
import { serversOf, withSeed, withServers } from './sized-config.ts';
import { splitsOrRefuse } from './split-question.ts';

export interface Contestants {
  readonly mono: Candidate;
  readonly splits: readonly Candidate[];
}

/**
 * @param wanted - GPUs; absent: those of the cluster of the scenario's mode
 * @throws UserError when so many GPUs do not make both clusters.
 */
export function contestants(scenario: PlannedScenario, wanted: number | undefined): Contestants {
  const { config } = scenario;
  const [mono, disagg] = [kindOfMode(scenario, 'mono'), kindOfMode(scenario, 'disagg')];
  const own = config.mode === 'mono' ? mono : disagg;
  const gpus = wanted ?? gpusOf({ kind: own, servers: serversOf(config, config.mode) });
  const each = mono.pools[0]?.gpus ?? 1;
  if (gpus % each !== 0) throw new UserError(`--gpus ${gpus}: a replica of cluster_mono takes ${each} GPUs`);
  return { mono: { kind: mono, servers: [gpus / each] }, splits: splitsOrRefuse(disagg, gpus) };
}

/** Both clusters in the setting of a scenario. */
export function contestAt(scenario: PlannedScenario, gpus: number): ContestPoint<ScenarioCell> {
  return {
    ...contestants(scenario, gpus),
    cellOf: ({ kind, servers }, seed) => {
      const mode = kind.mode === 'mono' ? 'mono' : 'disagg';
      return scenario.cellOf(withSeed(withServers(scenario.config, mode, servers), seed));
    },
  };
}
