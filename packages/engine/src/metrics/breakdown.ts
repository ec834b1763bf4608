/**
 * Where TTFT goes: the parts of every sampled request, summed by TTFT bucket, so that the parts of the mean and of
 * any tail can be read at the end without keeping requests.
 * Knows no pools.
 */
import type { RequestSlot, RequestTable } from '../records/request-table.ts';
import type { TtftBreakdown, TtftParts } from '../result.ts';
import { BUCKETS, bucketFloor, bucketOf } from './log-buckets.ts';

/** Sums in each bucket: five parts and the number of requests. */
const STRIDE = 6;

export class BreakdownSums {
  readonly #sums = new Float64Array(STRIDE * BUCKETS);

  /** Adds a request whose instants up to its first token are known. */
  add(requests: RequestTable, slot: RequestSlot): void {
    const arrival = requests.arrival_s[slot] ?? 0;
    const prefillStart = requests.prefill_start_s[slot] ?? 0;
    const prefillEnd = requests.prefill_end_s[slot] ?? 0;
    const decodeQueued = requests.decode_queued_s[slot] ?? 0;
    const decodeStart = requests.decode_start_s[slot] ?? 0;
    const firstToken = requests.first_token_s[slot] ?? 0;
    const at = STRIDE * bucketOf(firstToken - arrival);
    const sums = this.#sums;
    sums[at] = (sums[at] ?? 0) + prefillStart - arrival;
    sums[at + 1] = (sums[at + 1] ?? 0) + prefillEnd - prefillStart;
    sums[at + 2] = (sums[at + 2] ?? 0) + decodeQueued - prefillEnd;
    sums[at + 3] = (sums[at + 3] ?? 0) + decodeStart - decodeQueued;
    sums[at + 4] = (sums[at + 4] ?? 0) + firstToken - decodeStart;
    sums[at + 5] = (sums[at + 5] ?? 0) + 1;
  }

  /** The breakdown of the mean and of the requests at or above the bucket of `p99_s`; null for an empty sample. */
  read(p99_s: number | null): TtftBreakdown | null {
    if (p99_s === null) return null;
    const tailBucket = bucketOf(p99_s);
    const tail = this.#parts(tailBucket);
    return {
      mean: this.#parts(0).parts,
      tail: { ...tail.parts, count: tail.count, from_ttft_s: bucketFloor(tailBucket) },
    };
  }

  #parts(fromBucket: number): { readonly parts: TtftParts; readonly count: number } {
    const total = new Float64Array(STRIDE);
    for (let at = STRIDE * fromBucket; at < this.#sums.length; at++) {
      total[at % STRIDE] = (total[at % STRIDE] ?? 0) + (this.#sums[at] ?? 0);
    }
    const count = total[5] ?? 0;
    const mean = (part: number): number => (total[part] ?? 0) / count;
    return {
      count,
      parts: {
        prefill_queue_s: mean(0),
        prefill_s: mean(1),
        transfer_s: mean(2),
        decode_queue_s: mean(3),
        first_decode_step_s: mean(4),
      },
    };
  }
}
