/**
 * Why a candidate does not pass, as one of five words. Knows no decision: it is asked about one that failed.
 */
import type { Evidence } from './evidence.ts';

/**
 * `does_not_fit`: the model does not fit the GPUs, or one server of each pool needs more GPUs than there are;
 * `overloaded`: a queue grows all along;
 * `kv_capacity`: the memory for the KV cache is what lacks, by requests that no replica can hold or by blocks that
 * are nearly all in use while requests lose theirs;
 * `ttft`, `tpot`: the SLO that most requests miss.
 */
export type Reason = 'does_not_fit' | 'overloaded' | 'kv_capacity' | 'ttft' | 'tpot';

/** Time average of the share of KV blocks in use from which on memory is what lacks. */
const FULL = 0.9;

export function reasonOf(evidence: Evidence): Reason {
  const missed = 1 - (evidence.attainment ?? 0);
  const crowded = evidence.pools.some(
    ({ mean_kv_use, preemptions }) => (mean_kv_use ?? 0) >= FULL && preemptions > 0,
  );
  if (crowded || (evidence.rejected > 0 && evidence.rejected >= missed / 2)) return 'kv_capacity';
  if (isOverloaded(evidence)) return 'overloaded';
  return missedShare(evidence.ttft_attainment) >= missedShare(evidence.tpot_attainment) ? 'ttft' : 'tpot';
}

/** Overloaded in at least half of the runs: what it attains then depends on the run length. */
export function isOverloaded({ overloaded }: Evidence): boolean {
  return overloaded >= 0.5;
}

function missedShare(attainment: number | null): number {
  return attainment === null ? 0 : 1 - attainment;
}
