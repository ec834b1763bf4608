/**
 * What a plan is asked: which kinds of clusters, at which rate, within which size, and how to run one of them.
 * Generic in the runner's cells. Knows no configuration.
 */
import { type Examination, type Examined, examine } from './examine.ts';
import { type Candidate, type ClusterKind, fits } from './space.ts';

export interface PlanQuestion<Cell> {
  readonly kinds: readonly ClusterKind[];
  /** Requests per second that the cluster is for. */
  readonly rate_per_s: number;
  readonly max_gpus: number;
  /** A run of a candidate at a rate; equal seeds mean equal requests, whatever the candidate. */
  readonly cellOf: (candidate: Candidate, rate_per_s: number, seed: number) => Cell;
  /** The requests of `rate_per_s`, so far apart that none meets another. */
  readonly unloadedCellOf: (kind: ClusterKind, seed: number) => Cell;
}

/** How each kind does at no load, by its name: no number of servers does better. */
export type UnloadedKinds = ReadonlyMap<string, Examined>;

/**
 * Examines every kind at no load. A kind that does not pass here never passes, so that SLOs which no cluster can meet
 * are known before any search. One that does not fit `max_gpus` is left out.
 *
 * @throws what a run threw, or the signal's reason.
 */
export async function examineUnloaded<Cell>(
  { kinds, max_gpus, unloadedCellOf }: PlanQuestion<Cell>,
  examination: Examination<Cell>,
): Promise<UnloadedKinds> {
  const found = new Map<string, Examined>();
  for (const kind of kinds) {
    if (!fits(kind, max_gpus)) continue;
    found.set(kind.name, await examine((seed) => unloadedCellOf(kind, seed), examination));
  }
  return found;
}
