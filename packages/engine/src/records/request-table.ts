/**
 * The requests now in the system, as columns indexed by slot. A slot is taken at arrival and recycled when the
 * request has left and been measured, so a run keeps about as many rows as there are requests in the system, not as
 * many as ever arrived.
 * Knows no clock, no pools and no statistics; an instant that is not known yet is NaN.
 */

import { widened } from './widened.ts';

const INITIAL = 64;

/** Index of a request's row while it is in the system. */
export type RequestSlot = number;

export class RequestTable {
  id: Int32Array = new Int32Array(INITIAL);
  prompt_tokens: Int32Array = new Int32Array(INITIAL);
  output_tokens: Int32Array = new Int32Array(INITIAL);
  /** The session it belongs to, −1 without one. */
  session: Int32Array = new Int32Array(INITIAL);
  arrival_s: Float64Array = new Float64Array(INITIAL);
  prefill_start_s: Float64Array = new Float64Array(INITIAL);
  prefill_end_s: Float64Array = new Float64Array(INITIAL);
  /**
   * When its KV transfer started after prefill: at its end, or when its decode replica had the blocks for it. What
   * moved before, layer by layer, does not count.
   */
  transfer_start_s: Float64Array = new Float64Array(INITIAL);
  /** When it joined the decode queue: the end of prefill, or of the transfer if there is one. */
  decode_queued_s: Float64Array = new Float64Array(INITIAL);
  decode_start_s: Float64Array = new Float64Array(INITIAL);
  first_token_s: Float64Array = new Float64Array(INITIAL);
  /** Time between its output tokens after the first, where it is the same for all; else NaN. */
  token_gap_s: Float64Array = new Float64Array(INITIAL);
  completed_s: Float64Array = new Float64Array(INITIAL);
  /** When its present service ends. */
  service_end_s: Float64Array = new Float64Array(INITIAL);
  /** How often it lost its KV cache. */
  preemptions: Int32Array = new Int32Array(INITIAL);
  /** Index of the pool that prefills it, −1 before. */
  prefill_pool: Int32Array = new Int32Array(INITIAL);
  /** Index of the pool that decodes it, −1 before. */
  decode_pool: Int32Array = new Int32Array(INITIAL);
  /** GPU or replica that holds it within its present pool, or that it is routed to. */
  gpu: Int32Array = new Int32Array(INITIAL);

  #live = new Uint8Array(INITIAL);
  #free: RequestSlot[] = [];
  #used = 0;

  /** How many requests there is room for. */
  get rows(): number {
    return this.#live.length;
  }

  /** Takes a slot for a request that arrives. */
  admit(
    id: number,
    arrival_s: number,
    prompt_tokens: number,
    output_tokens: number,
    session = -1,
  ): RequestSlot {
    const slot = this.#free.pop() ?? this.#used++;
    if (slot === this.#live.length) this.#grow();
    this.#live[slot] = 1;
    this.id[slot] = id;
    this.prompt_tokens[slot] = prompt_tokens;
    this.output_tokens[slot] = output_tokens;
    this.session[slot] = session;
    this.arrival_s[slot] = arrival_s;
    this.prefill_start_s[slot] = Number.NaN;
    this.prefill_end_s[slot] = Number.NaN;
    this.transfer_start_s[slot] = Number.NaN;
    this.decode_queued_s[slot] = Number.NaN;
    this.decode_start_s[slot] = Number.NaN;
    this.first_token_s[slot] = Number.NaN;
    this.token_gap_s[slot] = Number.NaN;
    this.completed_s[slot] = Number.NaN;
    this.preemptions[slot] = 0;
    this.prefill_pool[slot] = -1;
    this.decode_pool[slot] = -1;
    this.gpu[slot] = -1;
    return slot;
  }

  /** Gives the slot back; its columns may be overwritten from now on. */
  release(slot: RequestSlot): void {
    this.#live[slot] = 0;
    this.#free.push(slot);
  }

  /** Slots that are taken, in slot order. */
  *slots(): Generator<RequestSlot> {
    for (let slot = 0; slot < this.#used; slot++) if (this.#live[slot] === 1) yield slot;
  }

  #grow(): void {
    const rows = 2 * this.#live.length;
    this.#live = widened(this.#live, new Uint8Array(rows));
    this.id = widened(this.id, new Int32Array(rows));
    this.prompt_tokens = widened(this.prompt_tokens, new Int32Array(rows));
    this.output_tokens = widened(this.output_tokens, new Int32Array(rows));
    this.session = widened(this.session, new Int32Array(rows));
    this.prefill_pool = widened(this.prefill_pool, new Int32Array(rows));
    this.decode_pool = widened(this.decode_pool, new Int32Array(rows));
    this.preemptions = widened(this.preemptions, new Int32Array(rows));
    this.gpu = widened(this.gpu, new Int32Array(rows));
    this.arrival_s = widened(this.arrival_s, new Float64Array(rows));
    this.prefill_start_s = widened(this.prefill_start_s, new Float64Array(rows));
    this.prefill_end_s = widened(this.prefill_end_s, new Float64Array(rows));
    this.transfer_start_s = widened(this.transfer_start_s, new Float64Array(rows));
    this.decode_queued_s = widened(this.decode_queued_s, new Float64Array(rows));
    this.decode_start_s = widened(this.decode_start_s, new Float64Array(rows));
    this.first_token_s = widened(this.first_token_s, new Float64Array(rows));
    this.token_gap_s = widened(this.token_gap_s, new Float64Array(rows));
    this.service_end_s = widened(this.service_end_s, new Float64Array(rows));
    this.completed_s = widened(this.completed_s, new Float64Array(rows));
  }
}
