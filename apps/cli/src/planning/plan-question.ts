/**
 * The question that a scenario and the options of `plan` ask. Knows no layout.
 */
import { type DecisionRule, looksUpTo, type PlanQuestion } from '@llmsim/analysis';
import type { ScenarioConfig } from '@llmsim/config';
import type { PlanningOptions } from '../commands/shared-options.ts';
import { UserError } from '../exit-codes.ts';
import type { ScenarioCell } from '../running/scenario-cell.ts';
import { type HardwareLists, hardwareOf } from './hardware.ts';
import { type Misfit, type OfferedKind, offerOf } from './kinds.ts';
import type { PlannedScenario } from './planned-scenario.ts';
import { readPrices } from './prices.ts';
import { fasterBy, unloaded, withSeed, withServers } from './sized-config.ts';

export interface PlanOptions extends PlanningOptions, HardwareLists {
  readonly attain: number;
  readonly maxGpus: number;
  readonly mode?: string;
  readonly price?: readonly string[];
  readonly error: number;
  readonly maxRuns: number;
}

export interface PlanCase {
  readonly question: PlanQuestion<ScenarioCell>;
  readonly rule: DecisionRule;
  readonly seeds: readonly number[];
  /** Kinds that cannot be built at all. */
  readonly misfits: readonly Misfit[];
}

/** @throws UserError for options that cannot be planned with. */
export function planCaseOf(scenario: PlannedScenario, options: PlanOptions): PlanCase {
  const { config, rate_per_s, least_lengths } = scenario;
  if (config.slo?.ttft_s === undefined && config.slo?.tpot_s === undefined) {
    throw new UserError('plan needs an SLO: write --goodput ttft:500 tpot:50, or slo in the file');
  }
  const { offered, misfits } = offerOf(config, {
    hardware: hardwareOf(config, options),
    modes: modesOf(options.mode),
    prices: readPrices(options.price ?? []),
    least_lengths,
  });
  const byName = new Map(offered.map((offer) => [offer.kind.name, offer]));
  const configOf = ({ name }: OfferedKind['kind']): ScenarioConfig => byName.get(name)?.config ?? config;
  const ample = options.maxGpus;
  return {
    question: {
      kinds: offered.map(({ kind }) => kind),
      rate_per_s,
      max_gpus: options.maxGpus,
      cellOf: ({ kind, servers }, rate, seed) => {
        const at = fasterBy(configOf(kind), rate / rate_per_s);
        return scenario.cellOf(withSeed(withServers(at, at.mode, servers), seed));
      },
      unloadedCellOf: (kind, seed) => {
        const alone = unloaded(configOf(kind));
        return scenario.cellOf(withSeed(withServers(alone, alone.mode, [ample, ample]), seed));
      },
    },
    rule: { target: options.attain, error: options.error, looks: looksUpTo(options.maxRuns) },
    seeds: Array.from({ length: 2 * options.maxRuns }, (_, run) => config.random_seed + run),
    misfits,
  };
}

type Mode = ScenarioConfig['mode'];

/** @throws UserError for what is no list of architectures. */
export function modesOf(text: string | undefined): Mode[] {
  const words = text?.split(',').map((word) => word.trim()) ?? ['mono', 'disagg'];
  const modes = words.filter((word): word is Mode => word === 'mono' || word === 'disagg');
  if (modes.length === words.length) return modes;
  throw new UserError(`--mode ${text}: it takes mono, disagg or mono,disagg`);
}
