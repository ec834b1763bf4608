/**
 * What a cell is on the command line: one run of one configuration. Plain values that threads can be sent.
 */
import { compile, formatProblem, type ScenarioConfig } from '@llmsim/config';
import type { ReplayWorkload, SimulationPlan } from '@llmsim/engine';
import { UserError } from '../exit-codes.ts';

export interface ScenarioCell {
  /** With its own `random_seed`. */
  readonly config: ScenarioConfig;
  /** The requests of `config.trace`, already read; null without one. */
  readonly trace: ReplayWorkload | null;
}

/** @throws UserError when the configuration asks for what cannot run. */
export function planOf({ config, trace }: ScenarioCell): SimulationPlan {
  const compiled = compile(config, trace === null ? {} : { trace });
  if (!compiled.ok) throw new UserError(compiled.problems.map(formatProblem).join('\n'));
  return compiled.plan;
}
