/**
 * One row per request, in id order, as typed columns that can be transferred between threads.
 * Knows no pools and no clock; NaN means that it did not happen before the run ended.
 */
import type { RequestSlot, RequestTable } from './request-table.ts';
import { widened } from './widened.ts';

export const OUTCOMES = ['in_flight', 'completed', 'rejected'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The columns of `RequestLog` that are instants, seconds. */
export const INSTANTS = [
  'prefill_start_s',
  'prefill_end_s',
  'decode_start_s',
  'first_token_s',
  'completed_s',
] as const;

export interface RequestLog {
  readonly length: number;
  readonly arrival_s: Float64Array;
  readonly prompt_tokens: Int32Array;
  readonly output_tokens: Int32Array;
  /** Index into `OUTCOMES`. */
  readonly outcome: Uint8Array;
  readonly prefill_start_s: Float64Array;
  readonly prefill_end_s: Float64Array;
  readonly decode_start_s: Float64Array;
  readonly first_token_s: Float64Array;
  readonly completed_s: Float64Array;
}

/** Writes a `RequestLog` row by row as requests leave, in any order. */
export class RequestLogWriter {
  #length = 0;
  #arrival_s = new Float64Array(1024);
  #prompt_tokens = new Int32Array(1024);
  #output_tokens = new Int32Array(1024);
  #outcome = new Uint8Array(1024);
  readonly #instants = INSTANTS.map(() => new Float64Array(1024));

  /** Copies the row of a request; instants at or after `end_s` have not happened. */
  write(requests: RequestTable, slot: RequestSlot, outcome: Outcome, end_s: number): void {
    const id = requests.id[slot] ?? 0;
    while (id >= this.#outcome.length) this.#grow();
    if (id >= this.#length) this.#length = id + 1;
    this.#arrival_s[id] = requests.arrival_s[slot] ?? 0;
    this.#prompt_tokens[id] = requests.prompt_tokens[slot] ?? 0;
    this.#output_tokens[id] = requests.output_tokens[slot] ?? 0;
    this.#outcome[id] = OUTCOMES.indexOf(outcome);
    for (const [index, name] of INSTANTS.entries()) {
      const at = requests[name][slot] ?? Number.NaN;
      const column = this.#instants[index];
      if (column !== undefined) column[id] = at < end_s ? at : Number.NaN;
    }
  }

  finish(): RequestLog {
    const n = this.#length;
    const [prefill_start_s, prefill_end_s, decode_start_s, first_token_s, completed_s] = this.#instants.map(
      (column) => column.slice(0, n),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
    return {
      length: n,
      arrival_s: this.#arrival_s.slice(0, n),
      prompt_tokens: this.#prompt_tokens.slice(0, n),
      output_tokens: this.#output_tokens.slice(0, n),
      outcome: this.#outcome.slice(0, n),
      prefill_start_s,
      prefill_end_s,
      decode_start_s,
      first_token_s,
      completed_s,
    };
  }

  #grow(): void {
    const rows = 2 * this.#outcome.length;
    this.#arrival_s = widened(this.#arrival_s, new Float64Array(rows));
    this.#prompt_tokens = widened(this.#prompt_tokens, new Int32Array(rows));
    this.#output_tokens = widened(this.#output_tokens, new Int32Array(rows));
    this.#outcome = widened(this.#outcome, new Uint8Array(rows));
    for (const [index, column] of this.#instants.entries())
      this.#instants[index] = widened(column, new Float64Array(rows));
  }
}
