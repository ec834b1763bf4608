/**
 * The plan to run of a scenario that was prepared: with the warm-up of its pilot where it asks for one. Knows no worker
 * and no page.
 */
import { chosenWarmUp, pilotOf } from '@llmsim/analysis';
import { hasAutoWarmUp, type ScenarioConfig } from '@llmsim/config';
import { type CancelSignal, Simulation, type SimulationPlan } from '@llmsim/engine';
import { runInFull } from './run-in-full.ts';

interface ToRun {
  readonly config: ScenarioConfig;
  readonly plan: SimulationPlan;
}

/** Runs the pilot in slices; the plan of one that was cancelled leaves nothing out, and is cancelled itself. */
export async function measuredPlan(
  { config, plan }: ToRun,
  signal: CancelSignal,
  pilot_seed: number = config.random_seed,
): Promise<SimulationPlan> {
  if (!hasAutoWarmUp(config)) return plan;
  const pilot = await runInFull(new Simulation(pilotOf({ ...plan, seed: pilot_seed })), signal);
  if (pilot === null) return plan;
  return { ...plan, warmup_seconds: chosenWarmUp(plan, pilot.report).warmup_seconds };
}
