/**
 * What a GPU does for a request, in the token-rate model: plain functions from a start to an end.
 * Knows no queues and no clock. Your own service model is another `Work`.
 */
import { given } from '../given.ts';
import type { RequestSlot, RequestTable } from '../records/request-table.ts';

export interface Work {
  /** Which part of a request's life this covers. */
  readonly stage: 'prefill' | 'decode' | 'prefill_and_decode';
  /**
   * Writes the request's instants from a start at `start_s` into its row and returns the end, seconds.
   * Prefill writes `prefill_start_s` and `prefill_end_s`; decode `decode_start_s`, `first_token_s`, `token_gap_s`
   * and `completed_s`.
   */
  begin(requests: RequestTable, slot: RequestSlot, start_s: number): number;
}

/** Prefill at a fixed rate: prompt_tokens / prefill_tokens_per_s. */
export function prefillWork(prefill_tokens_per_s: number): Work {
  requireRate('prefill_tokens_per_s', prefill_tokens_per_s);
  return {
    stage: 'prefill',
    begin(requests, slot, start_s) {
      requests.prefill_start_s[slot] = start_s;
      const end_s = start_s + (requests.prompt_tokens[slot] ?? 0) / prefill_tokens_per_s;
      requests.prefill_end_s[slot] = end_s;
      return end_s;
    },
  };
}

/** Decode at a fixed rate: the first token after 1 / decode_tokens_per_s, then one token a gap. */
export function decodeWork(decode_tokens_per_s: number): Work {
  requireRate('decode_tokens_per_s', decode_tokens_per_s);
  const gap_s = 1 / decode_tokens_per_s;
  return {
    stage: 'decode',
    begin(requests, slot, start_s) {
      requests.decode_start_s[slot] = start_s;
      const first_token_s = start_s + gap_s;
      requests.first_token_s[slot] = first_token_s;
      requests.token_gap_s[slot] = gap_s;
      const end_s = first_token_s + ((requests.output_tokens[slot] ?? 1) - 1) / decode_tokens_per_s;
      requests.completed_s[slot] = end_s;
      return end_s;
    },
  };
}

/** Prefill, then decode at once on the same GPU. */
export function prefillAndDecodeWork(prefill_tokens_per_s: number, decode_tokens_per_s: number): Work {
  const prefill = prefillWork(prefill_tokens_per_s);
  const decode = decodeWork(decode_tokens_per_s);
  return {
    stage: 'prefill_and_decode',
    begin(requests, slot, start_s) {
      const prefill_end_s = prefill.begin(requests, slot, start_s);
      requests.decode_queued_s[slot] = prefill_end_s;
      return decode.begin(requests, slot, prefill_end_s);
    },
  };
}

function requireRate(name: string, value: number): void {
  if (!(typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${name} must be positive and finite, got ${given(value)}`);
  }
}
