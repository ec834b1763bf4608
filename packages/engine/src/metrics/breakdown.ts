/**
 * Where TTFT goes: the parts of every sampled request, summed by TTFT bucket, so that the parts of the mean and of
 * any tail can be read at the end without keeping requests; and the parts of those that missed the SLO.
 * Knows no pools.
 */
import type { RequestSlot, RequestTable } from '../records/request-table.ts';
import type { TtftBreakdown, TtftParts } from '../result.ts';
import { BUCKETS, bucketFloor, bucketOf } from './log-buckets.ts';
import type { RequestBlock } from './request-block.ts';

/** Sums in each bucket: six parts and the number of requests. */
const STRIDE = 7;

export class BreakdownSums {
  readonly #sums = new Float64Array(STRIDE * BUCKETS);
  /** The same over the requests above the SLO. */
  readonly #missed = new Float64Array(STRIDE);
  readonly #slo_s: number;

  /** `slo_s` is the longest acceptable TTFT, Infinity without one. */
  constructor(slo_s: number) {
    this.#slo_s = slo_s;
  }

  /** Adds the requests of a block whose first token came at `from_s` or later. */
  addAll({ requests, slots, size }: RequestBlock, from_s: number): void {
    const { arrival_s, first_token_s } = requests;
    for (let row = 0; row < size; row++) {
      const slot = slots[row] ?? 0;
      const first_s = first_token_s[slot] ?? 0;
      if (!(first_s >= from_s)) continue;
      const ttft_s = first_s - (arrival_s[slot] ?? 0);
      addParts(this.#sums, STRIDE * bucketOf(ttft_s), requests, slot);
      if (ttft_s > this.#slo_s) addParts(this.#missed, 0, requests, slot);
    }
  }

  /** The breakdown of the mean and of the requests at or above the bucket of `p99_s`; null for an empty sample. */
  read(p99_s: number | null): TtftBreakdown | null {
    if (p99_s === null) return null;
    const tailBucket = bucketOf(p99_s);
    const { count: _, ...mean } = meanParts(this.#sums, 0);
    return {
      mean,
      tail: { ...meanParts(this.#sums, tailBucket), from_ttft_s: bucketFloor(tailBucket) },
      missed: (this.#missed[STRIDE - 1] ?? 0) > 0 ? meanParts(this.#missed, 0) : null,
    };
  }
}

/** Adds the parts of a request to the sums at `at`. */
const addParts = (sums: Float64Array, at: number, requests: RequestTable, slot: RequestSlot): void => {
  const first = requests.first_token_s[slot] ?? 0;
  const arrival = requests.arrival_s[slot] ?? 0;
  const prefillStart = partEnd(requests.prefill_start_s[slot], arrival, first);
  const prefillEnd = partEnd(requests.prefill_end_s[slot], prefillStart, first);
  const transferStart_s = requests.transfer_start_s[slot] ?? Number.NaN;
  const transferStart = transferStart_s >= 0 ? partEnd(transferStart_s, prefillEnd, first) : prefillEnd;
  const decodeQueued = partEnd(requests.decode_queued_s[slot], transferStart, first);
  const decodeStart = partEnd(requests.decode_start_s[slot], decodeQueued, first);
  sums[at] = (sums[at] ?? 0) + prefillStart - arrival;
  sums[at + 1] = (sums[at + 1] ?? 0) + prefillEnd - prefillStart;
  sums[at + 2] = (sums[at + 2] ?? 0) + transferStart - prefillEnd;
  sums[at + 3] = (sums[at + 3] ?? 0) + decodeQueued - transferStart;
  sums[at + 4] = (sums[at + 4] ?? 0) + decodeStart - decodeQueued;
  sums[at + 5] = (sums[at + 5] ?? 0) + first - decodeStart;
  sums[at + 6] = (sums[at + 6] ?? 0) + 1;
};

/**
 * A part ends at its milestone, not before the part before it has and not after the first token: a transfer may start
 * while prefill goes on, and a first token may come of prefill.
 */
const partEnd = (milestone_s: number | undefined, reached_s: number, first_token_s: number): number => {
  if (milestone_s === undefined || !(milestone_s < first_token_s)) return first_token_s;
  if (milestone_s < reached_s) return reached_s;
  return milestone_s;
};

function meanParts(sums: Float64Array, fromBucket: number): TtftParts & { readonly count: number } {
  const total = new Float64Array(STRIDE);
  for (let at = STRIDE * fromBucket; at < sums.length; at += STRIDE) {
    if (sums[at + STRIDE - 1] === 0) continue;
    for (let part = 0; part < STRIDE; part++) total[part] = (total[part] ?? 0) + (sums[at + part] ?? 0);
  }
  const count = total[STRIDE - 1] ?? 0;
  const mean = (part: number): number => (total[part] ?? 0) / count;
  return {
    prefill_queue_s: mean(0),
    prefill_s: mean(1),
    transfer_wait_s: mean(2),
    transfer_s: mean(3),
    decode_queue_s: mean(4),
    first_decode_step_s: mean(5),
    count,
  };
}
