/**
 * What a GPU does for a request, in the token-rate model: from a start to an end.
 * Knows no queues and no clock. Your own service model is another `Work`.
 *
 * Classes, as a pool's call of `begin` is then compiled in place for several kinds of work.
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
  return new PrefillWork(prefill_tokens_per_s);
}

/** Decode at a fixed rate: the first token after 1 / decode_tokens_per_s, then one token a gap. */
export function decodeWork(decode_tokens_per_s: number): Work {
  return new DecodeWork(decode_tokens_per_s);
}

/** Prefill, then decode at once on the same GPU. */
export function prefillAndDecodeWork(prefill_tokens_per_s: number, decode_tokens_per_s: number): Work {
  return new PrefillAndDecodeWork(prefill_tokens_per_s, decode_tokens_per_s);
}

class PrefillWork implements Work {
  readonly stage = 'prefill';
  readonly #tokens_per_s: number = Number.NaN;

  constructor(prefill_tokens_per_s: number) {
    requireRate('prefill_tokens_per_s', prefill_tokens_per_s);
    // NaN before, so that it is a fraction from the start: see Decisions in ARCHITECTURE.md.
    this.#tokens_per_s = prefill_tokens_per_s;
  }

  begin(requests: RequestTable, slot: RequestSlot, start_s: number): number {
    requests.prefill_start_s[slot] = start_s;
    const end_s = start_s + (requests.prompt_tokens[slot] ?? 0) / this.#tokens_per_s;
    requests.prefill_end_s[slot] = end_s;
    return end_s;
  }
}

class DecodeWork implements Work {
  readonly stage = 'decode';
  readonly #tokens_per_s: number = Number.NaN;
  readonly #gap_s: number = Number.NaN;

  constructor(decode_tokens_per_s: number) {
    requireRate('decode_tokens_per_s', decode_tokens_per_s);
    // NaN before, so that they are fractions from the start: see Decisions in ARCHITECTURE.md.
    this.#tokens_per_s = decode_tokens_per_s;
    this.#gap_s = 1 / decode_tokens_per_s;
  }

  begin(requests: RequestTable, slot: RequestSlot, start_s: number): number {
    requests.decode_start_s[slot] = start_s;
    const first_token_s = start_s + this.#gap_s;
    requests.first_token_s[slot] = first_token_s;
    requests.token_gap_s[slot] = this.#gap_s;
    const end_s = first_token_s + ((requests.output_tokens[slot] ?? 1) - 1) / this.#tokens_per_s;
    requests.completed_s[slot] = end_s;
    return end_s;
  }
}

class PrefillAndDecodeWork implements Work {
  readonly stage = 'prefill_and_decode';
  readonly #prefill: PrefillWork;
  readonly #decode: DecodeWork;

  constructor(prefill_tokens_per_s: number, decode_tokens_per_s: number) {
    this.#prefill = new PrefillWork(prefill_tokens_per_s);
    this.#decode = new DecodeWork(decode_tokens_per_s);
  }

  begin(requests: RequestTable, slot: RequestSlot, start_s: number): number {
    const prefill_end_s = this.#prefill.begin(requests, slot, start_s);
    requests.decode_queued_s[slot] = prefill_end_s;
    return this.#decode.begin(requests, slot, prefill_end_s);
  }
}

function requireRate(name: string, value: number): void {
  if (!(typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${name} must be positive and finite, got ${given(value)}`);
  }
}
