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
  /** Whether it was shown to fail there; false where the runs do not tell, so that it does not pass. */
  readonly fails_decided: boolean;
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
  let passes_at_per_s = rate_per_s;
  let fails_at_per_s = capacity(candidate);
  // What no server can serve is sure to fail.
  let fails_decided = true;
  const look = async (rate: number): Promise<void> => {
    const { passes, decision } = await examine((seed) => cellOf(candidate, rate, seed), examination);
    if (passes) {
      passes_at_per_s = rate;
      return;
    }
    fails_at_per_s = rate;
    fails_decided = decision.state !== 'open';
  };
  while (fails_at_per_s === Number.POSITIVE_INFINITY) {
    await look(2 * passes_at_per_s);
  }
  while (fails_at_per_s > passes_at_per_s * (1 + PRECISION)) {
    await look(Math.sqrt(passes_at_per_s * fails_at_per_s));
  }
  return { passes_at_per_s, fails_at_per_s, fails_decided };
}

/** Requests per second at which the first pool has an offered load of 1. */
function capacity({ kind, servers }: Candidate): number {
  const rates = kind.pools.map(({ least_service_s }, pool) => (servers[pool] ?? 0) / least_service_s);
  return Math.min(...rates);
}
