/**
 * What a cell is on the command line: one run of one configuration. Plain values that threads can be sent.
 */
import { withChosenWarmUp } from '@llmsim/analysis';
import { compile, formatProblem, hasAutoWarmUp, type ScenarioConfig } from '@llmsim/config';
import type { ReplayWorkload, SimulationPlan } from '@llmsim/engine';
import { UserError } from '../exit-codes.ts';

export interface ScenarioCell {
  /** With its own `random_seed`. */
  readonly config: ScenarioConfig;
  /** The requests of `config.trace`, already read; null without one. */
  readonly trace: ReplayWorkload | null;
  /** Seed of the pilot that chooses `warmup_seconds: auto`: one for all seeds, so that they share a window. */
  readonly pilot_seed: number;
}

/** @throws UserError when the configuration asks for what cannot run. */
export function planOf({ config, trace, pilot_seed }: ScenarioCell): SimulationPlan {
  const compiled = compile(config, trace === null ? {} : { trace });
  if (!compiled.ok) throw new UserError(compiled.problems.map(formatProblem).join('\n'));
  return hasAutoWarmUp(config) ? withChosenWarmUp(compiled.plan, pilot_seed) : compiled.plan;
}
