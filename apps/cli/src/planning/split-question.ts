/** The question that a scenario and the options of `split` ask. Knows no layout. */
import {
  type Candidate,
  type ClusterKind,
  gpusOf,
  offeredLoads,
  type SplitQuestion,
  splitsOf,
} from '@llmsim/analysis';
import type { PlanningOptions } from '../commands/shared-options.ts';
import { refuseUnknownPools } from '../compare/pool-metrics.ts';
import { UserError } from '../exit-codes.ts';
import type { ScenarioCell } from '../running/scenario-cell.ts';
import { kindOfMode } from './kinds.ts';
import type { PlannedScenario } from './planned-scenario.ts';
import { ratesOf } from './rates-option.ts';
import { readingOf } from './reading-option.ts';
import { fasterBy, serversOf, withSeed, withServers } from './sized-config.ts';

export interface SplitOptions extends Omit<PlanningOptions, 'requestRate'> {
  readonly gpus?: number;
  readonly rate?: string;
  readonly attain: number;
  readonly metric?: string;
  readonly runs: number;
}

/** Shares of the rate that the best split can serve at most, for the columns when nobody names rates. */
const SHARES = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

export function splitQuestionOf(
  scenario: PlannedScenario,
  options: SplitOptions,
): SplitQuestion<ScenarioCell> & { readonly gpus: number } {
  const { config, rate_per_s } = scenario;
  const kind = kindOfMode(scenario, 'disagg');
  const gpus = options.gpus ?? gpusOf({ kind, servers: serversOf(config, 'disagg') });
  const splits = splitsOrRefuse(kind, gpus);
  const reading = readingOf(options.metric, config);
  refuseUnknownPools([reading], [{ ...config, mode: 'disagg' }]);
  const judged = config.slo?.ttft_s !== undefined || config.slo?.tpot_s !== undefined;
  return {
    gpus,
    splits,
    rates_per_s: options.rate === undefined ? usualRates(splits) : ratesOf(options.rate),
    reading,
    attain: judged ? options.attain : null,
    seeds: Array.from({ length: options.runs }, (_, run) => config.random_seed + run),
    cellOf: ({ servers }, rate, seed) =>
      scenario.cellOf(withSeed(withServers(fasterBy(config, rate / rate_per_s), 'disagg', servers), seed)),
  };
}

/** @throws UserError when the GPUs cannot be shared between two pools. */
export function splitsOrRefuse(kind: ClusterKind, gpus: number): Candidate[] {
  const splits = splitsOf(kind, gpus);
  if (splits.length > 0) return splits;
  const [prefill, decode] = kind.pools;
  throw new UserError(
    `--gpus ${gpus} cannot be split: a prefill server takes ${prefill?.gpus} and a decode server ${decode?.gpus}`,
  );
}

function usualRates(splits: readonly Candidate[]): number[] {
  const capacity = Math.max(...splits.map((split) => 1 / Math.max(...offeredLoads(split, 1))));
  return SHARES.map((share) => Number((share * capacity).toPrecision(2)));
}
