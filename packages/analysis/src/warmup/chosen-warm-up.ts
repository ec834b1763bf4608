/**
 * The warm-up that a pilot run of the same plan asks for, by MSER-5. Knows no configuration; what asks for it does.
 */
import { type SimulationPlan, type SimulationReport, simulate } from '@llmsim/engine';
import { warmUpOfRun } from './warm-up.ts';

export interface ChosenWarmUp {
  /** What to leave out, seconds. */
  readonly warmup_seconds: number;
  /**
   * Whether MSER-5 found its place in the first half of the pilot. If not, `warmup_seconds` is the most that the rule may
   * leave out, half of it: the run is too short, or its queues never settle. Null when the pilot is too short to judge, and
   * nothing is left out.
   */
  readonly settled: boolean | null;
}

/** The pilot of a plan: the same run from its very start on, with nothing kept that the choice does not need. */
export function pilotOf(plan: SimulationPlan): SimulationPlan {
  return { ...plan, warmup_seconds: 0, quantiles: 'histogram', keep_requests: false };
}

/**
 * Where MSER-5 starts in a pilot run, see `warmUpOfRun`; in a replay never after its last arrival.
 *
 * @param pilot - the report of `pilotOf(plan)`
 * @example
 * chosenWarmUp(plan, simulate(pilotOf(plan)).report).warmup_seconds;
 */
export function chosenWarmUp({ workload }: SimulationPlan, pilot: SimulationReport): ChosenWarmUp {
  const found = warmUpOfRun(pilot);
  if (found === null) return { warmup_seconds: 0, settled: null };
  const last_s =
    workload.kind === 'replay'
      ? (workload.arrival_s[workload.arrival_s.length - 1] ?? 0)
      : Number.POSITIVE_INFINITY;
  return { warmup_seconds: Math.min(found.mser5_s, last_s), settled: found.settled };
}

/**
 * The plan with the warm-up that its pilot asks for. The pilot is a run of its own: the plan draws the same numbers as
 * with that warm-up written down.
 *
 * @param pilot_seed - seed of the pilot, so that runs with many seeds share one window; default that of the plan
 * @throws RangeError for a plan that cannot be run.
 * @example
 * const { report } = simulate(withChosenWarmUp(plan));
 * report.window_s[0]; // seconds left out
 */
export function withChosenWarmUp(
  plan: SimulationPlan,
  pilot_seed: NonNullable<SimulationPlan['seed']> = plan.seed ?? 0,
): SimulationPlan {
  const { report } = simulate(pilotOf({ ...plan, seed: pilot_seed }));
  return { ...plan, warmup_seconds: chosenWarmUp(plan, report).warmup_seconds };
}
