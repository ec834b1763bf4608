/**
 * The answer of a plan, as plain values. Knows no way of finding it.
 */
import type { Examined } from './examine.ts';
import type { ExaminedCandidate, Standing } from './findings.ts';
import type { Headroom } from './headroom.ts';
import type { Reason } from './reason.ts';
import type { Candidate, ClusterKind } from './space.ts';

/** A cluster that passes, with what a buyer asks. */
export interface PlanOption extends ExaminedCandidate {
  readonly gpus: number;
  /** Null without prices. */
  readonly price_per_hour: number | null;
  /** Null where the search was stopped before. */
  readonly headroom: Headroom | null;
  /** The largest rate seen to pass for each GPU, requests per second; null without headroom. */
  readonly rate_per_gpu: number | null;
}

export interface CandidateStanding {
  readonly candidate: Candidate;
  readonly gpus: number;
  /** Null: the answer did not need it. */
  readonly standing: Standing | UnloadedStanding | null;
}

/** Its kind fails even when no request meets another. */
export interface UnloadedStanding {
  readonly how: 'unloaded';
  readonly passes: false;
  readonly reason: Reason | null;
}

export interface KindReport {
  readonly kind: ClusterKind;
  /** False: one server of each pool is more than `max_gpus`. */
  readonly fits: boolean;
  /** How it does when no request meets another; null where it does not fit. */
  readonly unloaded: Examined | null;
}

export interface PlanReport {
  /** False when it was stopped: the answer then covers only what had been examined. */
  readonly finished: boolean;
  readonly rate_per_s: number;
  /** Share of the requests that must meet every SLO they have. */
  readonly attain: number;
  readonly max_gpus: number;
  /** Bound on the probability that the decision on one candidate is wrong. */
  readonly decision_error: number;
  readonly kinds: readonly KindReport[];
  /** The fewest GPUs; among equals the highest attainment. Null: nothing passes. */
  readonly smallest: PlanOption | null;
  /** The next that is not `smallest` with servers added. */
  readonly runner_up: PlanOption | null;
  /** Of those whose headroom is known, the one that serves most for each GPU. */
  readonly best_per_gpu: PlanOption | null;
  /** Null without prices. */
  readonly cheapest: PlanOption | null;
  /** When nothing passes: the candidate with the highest attainment. */
  readonly nearest_miss: ExaminedCandidate | null;
  /** Candidates with runs of their own, in the order of the search; those above `max_gpus` bound one pool alone. */
  readonly examined: readonly ExaminedCandidate[];
  /** Every candidate within `max_gpus`. */
  readonly candidates: readonly CandidateStanding[];
  /** Simulations that were run. */
  readonly runs: number;
  /** Of these, the ones that measure headroom. */
  readonly headroom_runs: number;
  /** Simulations of the full grid: every candidate within `max_gpus`, as often as the first look needs. */
  readonly grid_runs: number;
}
