/**
 * From what a search found to its report. Pure. Knows no search.
 */
import { cheapestOf, nearestMissOf, passingOf, runnerUpOf } from './choose.ts';
import type { DecisionRule } from './decide.ts';
import type { ExaminedCandidate, Findings } from './findings.ts';
import type { Headroom } from './headroom.ts';
import type { CandidateStanding, PlanOption, PlanReport } from './plan-report.ts';
import type { PlanQuestion, UnloadedKinds } from './question.ts';
import { candidateName, candidatesOf, fits, gpusOf, pricePerHour } from './space.ts';

export interface Found {
  readonly findings: Findings;
  readonly unloaded: UnloadedKinds;
  /** By name of the candidate. */
  readonly headrooms: ReadonlyMap<string, Headroom>;
  readonly finished: boolean;
  readonly runs: number;
  readonly headroom_runs: number;
}

export function planReportOf<Cell>(
  { kinds, rate_per_s, max_gpus }: PlanQuestion<Cell>,
  { target, error, looks }: DecisionRule,
  { findings, unloaded, headrooms, finished, runs, headroom_runs }: Found,
): PlanReport {
  const { examined } = findings;
  const passing = passingOf(examined, max_gpus);
  const [smallest] = passing;
  const option = (found: ExaminedCandidate): PlanOption => withHeadroom(found, headrooms);
  const options = passing.map(option);
  const cheapest = cheapestOf(passing);
  const runner_up = smallest === undefined ? null : runnerUpOf(passing, smallest.candidate);
  const candidates = kinds.flatMap((kind) => candidatesOf(kind, max_gpus));
  return {
    finished,
    rate_per_s,
    attain: target,
    max_gpus,
    decision_error: error,
    kinds: kinds.map((kind) => ({
      kind,
      fits: fits(kind, max_gpus),
      unloaded: unloaded.get(kind.name) ?? null,
    })),
    smallest: smallest === undefined ? null : option(smallest),
    runner_up: runner_up === null ? null : option(runner_up),
    best_per_gpu: bestPerGpu(options),
    cheapest: cheapest === null ? null : option(cheapest),
    nearest_miss: smallest === undefined ? nearestMissOf(examined, max_gpus) : null,
    examined,
    candidates: candidates.map((candidate) => standingOf(candidate, findings, unloaded)),
    runs,
    headroom_runs,
    grid_runs: candidates.length * (looks[0] ?? 0),
  };
}

function withHeadroom(found: ExaminedCandidate, headrooms: Found['headrooms']): PlanOption {
  const { candidate } = found;
  const gpus = gpusOf(candidate);
  const headroom = headrooms.get(candidateName(candidate)) ?? null;
  return {
    ...found,
    gpus,
    price_per_hour: pricePerHour(candidate),
    headroom,
    rate_per_gpu: headroom === null ? null : headroom.passes_at_per_s / gpus,
  };
}

/** Among equals the smaller one. */
function bestPerGpu(options: readonly PlanOption[]): PlanOption | null {
  let best: PlanOption | null = null;
  for (const option of options) {
    if (option.rate_per_gpu === null) continue;
    if (best === null || option.rate_per_gpu > (best.rate_per_gpu ?? 0)) best = option;
  }
  return best;
}

function standingOf(
  candidate: CandidateStanding['candidate'],
  findings: Findings,
  unloaded: UnloadedKinds,
): CandidateStanding {
  const gpus = gpusOf(candidate);
  const known = findings.standing(candidate);
  const atNoLoad = unloaded.get(candidate.kind.name);
  // Runs of its own say more than that its kind cannot pass.
  if (known?.how !== 'runs' && atNoLoad?.passes === false) {
    return { candidate, gpus, standing: { how: 'unloaded', passes: false, reason: atNoLoad.reason } };
  }
  return { candidate, gpus, standing: known };
}
