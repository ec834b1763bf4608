/**
 * From a checked scenario to a plan that can run on this machine. Knows no outputs.
 */
import { checkSize, compile, type Scenario } from '@llmsim/config';
import type { ReplayWorkload, SimulationPlan } from '@llmsim/engine';
import { type Assignment, problemsIn } from './load.ts';
import { memoryLimit } from './memory.ts';
import type { ScenarioSource } from './source.ts';
import { readScenarioTrace } from './trace-file.ts';

export interface Prepared {
  readonly plan: SimulationPlan;
  /** The requests of the scenario's trace; null without one. */
  readonly trace: ReplayWorkload | null;
}

export interface Preparation {
  readonly source: ScenarioSource;
  readonly changes: readonly Assignment[];
  readonly keep_requests: boolean;
}

/** @throws UserError with every problem. */
export async function prepare(
  scenario: Scenario,
  { source, changes, keep_requests }: Preparation,
): Promise<Prepared> {
  const { config } = scenario;
  const trace = await readScenarioTrace(scenario, source.folder);
  const options = { keep_requests, ...(trace === null ? {} : { trace }) };
  const compiled = compile(config, options);
  if (!compiled.ok) throw problemsIn(scenario, compiled.problems, changes);
  const tooLarge = checkSize(config, memoryLimit(), options);
  if (tooLarge !== null) throw problemsIn(scenario, [tooLarge], changes);
  return { plan: compiled.plan, trace };
}
