/**
 * How much more load a cluster takes before it fails. Knows no search over clusters.
 */
import { type Examination, examine } from './examine.ts';
import type { PlanQuestion } from './question.ts';
import type { Candidate } from './space.ts';

/** Distance between the two rates, as a share of the lower, at which the search stops. */
const PRECISION = 0.01;

/** The largest rate that passes lies between the two. */
export interface Headroom {
  /** The largest rate seen to pass, requests per second. */
  readonly passes_at_per_s: number;
  /** The smallest rate that does not, requests per second. */
  readonly fails_at_per_s: number;
}

/**
 * Bisects between the rate of the question, which the candidate passes, and the rate that its servers can serve at
 * most; without such a bound, the first doubling that fails.
 */
export async function headroomOf<Cell>(
  candidate: Candidate,
  { rate_per_s, cellOf }: PlanQuestion<Cell>,
  examination: Examination<Cell>,
): Promise<Headroom> {
  const passesAt = async (rate: number): Promise<boolean> =>
    (await examine((seed) => cellOf(candidate, rate, seed), examination)).passes;
  let passes_at_per_s = rate_per_s;
  let fails_at_per_s = capacity(candidate);
  while (fails_at_per_s === Number.POSITIVE_INFINITY) {
    const doubled = 2 * passes_at_per_s;
    if (await passesAt(doubled)) passes_at_per_s = doubled;
    else fails_at_per_s = doubled;
  }
  while (fails_at_per_s > passes_at_per_s * (1 + PRECISION)) {
    const middle = Math.sqrt(passes_at_per_s * fails_at_per_s);
    if (await passesAt(middle)) passes_at_per_s = middle;
    else fails_at_per_s = middle;
  }
  return { passes_at_per_s, fails_at_per_s };
}

/** Requests per second at which the first pool has an offered load of 1. */
function capacity({ kind, servers }: Candidate): number {
  const rates = kind.pools.map(({ least_service_s }, pool) => (servers[pool] ?? 0) / least_service_s);
  return Math.min(...rates);
}
