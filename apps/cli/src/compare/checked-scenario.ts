/**
 * A scenario that can be run with many seeds: changed, on its machines, checked. Knows no analysis.
 */
import type { Scenario, ScenarioConfig } from '@llmsim/config';
import type { ReplayWorkload, SimulationPlan } from '@llmsim/engine';
import type { ScenarioCell } from '../running/scenario-cell.ts';
import { onItsMachines } from '../scenario/both-clusters.ts';
import type { ConfigSource } from '../scenario/config-for-file.ts';
import type { Assignment } from '../scenario/load.ts';
import type { OpenedScenario } from '../scenario/open-scenario.ts';
import { prepare } from '../scenario/prepare.ts';
import type { SeededTrace } from '../scenario/trace-reader.ts';

export interface CheckedScenario extends ConfigSource {
  /** The scenario as messages call it. */
  readonly name: string;
  readonly scenario: Scenario;
  /** What was done to have its cluster, a sentence; null for nothing. */
  readonly note: string | null;
  readonly plan: SimulationPlan;
  readonly trace: ReplayWorkload | null;
  readonly traceOf: SeededTrace;
}

/** @throws UserError with every problem. */
export async function checkedScenario(
  opened: OpenedScenario,
  more: readonly Assignment[] = [],
): Promise<CheckedScenario> {
  const { name, folder, readTrace } = opened;
  const { scenario, note } = onItsMachines(opened.loadToRun(more));
  opened.note(note);
  const changes = [...opened.changes, ...more];
  const prepared = await prepare(scenario, { readTrace, changes, keep_requests: false });
  const { config, fields } = scenario;
  return { name, scenario, note, config, fields, folder, ...prepared };
}

/** The run of a configuration with a seed; its own is that of the pilot. */
export function cellWith(
  { config, traceOf }: Pick<CheckedScenario, 'config' | 'traceOf'>,
  seed: number,
): ScenarioCell {
  return { config: { ...config, random_seed: seed }, trace: traceOf(seed), pilot_seed: config.random_seed };
}

/** `count` seeds from that of the scenario on. */
export function seedsFrom({ random_seed }: ScenarioConfig, count: number): number[] {
  return Array.from({ length: count }, (_, index) => random_seed + index);
}
