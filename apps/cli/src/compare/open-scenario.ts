/**
 * From the command line to scenarios that can be run with many seeds: read, changed, checked. Knows no analysis.
 */
import type { Scenario, ScenarioConfig } from '@llmsim/config';
import type { ReplayWorkload, SimulationPlan } from '@llmsim/engine';
import { UserError } from '../exit-codes.ts';
import { assignments } from '../run/assignments.ts';
import type { ScenarioCell } from '../running/scenario-cell.ts';
import { onItsMachines } from '../scenario/both-clusters.ts';
import { type Assignment, load, toAssignment, warn } from '../scenario/load.ts';
import { prepare } from '../scenario/prepare.ts';
import { readSource } from '../scenario/source.ts';
import type { ManyRunsOptions } from './options.ts';

export interface CheckedScenario {
  /** The scenario as messages call it. */
  readonly name: string;
  readonly scenario: Scenario;
  readonly config: ScenarioConfig;
  readonly plan: SimulationPlan;
  readonly trace: ReplayWorkload | null;
}

/** A scenario that has been read, to be checked with changes on top. */
export interface OpenedScenario {
  readonly name: string;
  /** @throws UserError with every problem. */
  check(more?: readonly Assignment[]): Promise<CheckedScenario>;
  /** The values alone, without what runs need. @throws UserError with every problem. */
  load(more?: readonly Assignment[]): Scenario;
}

/** @throws UserError when it cannot be read. */
export async function openScenario(
  given: string | undefined,
  options: ManyRunsOptions,
): Promise<OpenedScenario> {
  const source = await readSource(given);
  const matters = options.numPrompts !== undefined || options.requestRate !== undefined;
  const replays = (): boolean =>
    matters && load(source, (options.set ?? []).map(toAssignment)).config.trace !== undefined;
  const changes = assignments(options, { folder: source.folder, replays: replays() });
  let warned = false;
  let noted = false;
  return {
    name: source.file,
    load: (more = []) => load(source, [...changes, ...more]),
    async check(more = []) {
      const all = [...changes, ...more];
      const written = load(source, all);
      if (!warned) warn(written, all);
      warned = true;
      const { scenario, note } = onItsMachines(written);
      if (note !== null && !noted) process.stderr.write(`note: ${note}\n`);
      noted ||= note !== null;
      if (given === '-' && scenario.config.trace?.path === '-') {
        throw new UserError('Standard input cannot be both the configuration and the trace');
      }
      const { plan, trace } = await prepare(scenario, { source, changes: all, keep_requests: false });
      return { name: source.file, scenario, config: scenario.config, plan, trace };
    },
  };
}

/** The run of a configuration with a seed. */
export function cellWith(
  { config, trace }: Pick<CheckedScenario, 'config' | 'trace'>,
  seed: number,
): ScenarioCell {
  return { config: { ...config, random_seed: seed }, trace };
}

/** `count` seeds from that of the scenario on. */
export function seedsFrom({ random_seed }: ScenarioConfig, count: number): number[] {
  return Array.from({ length: count }, (_, index) => random_seed + index);
}
