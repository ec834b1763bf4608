/**
 * One row per request, in id order, as typed columns that can be transferred between threads.
 * Knows no pools and no clock; NaN means that it did not happen before the run ended.
 */
import type { RequestSlot, RequestTable } from './request-table.ts';
import { widened } from './widened.ts';

export const OUTCOMES = ['in_flight', 'completed', 'rejected'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The instants of a request, seconds. */
export interface Instants {
  /** When a GPU took it, or when it was first admitted to a replica's running set. */
  readonly prefill_start_s: Float64Array;
  readonly prefill_end_s: Float64Array;
  /** When its KV transfer started after prefill. */
  readonly transfer_start_s: Float64Array;
  /** When it joined the decode queue: the end of prefill, or of the transfer if there is one. */
  readonly decode_queued_s: Float64Array;
  readonly decode_start_s: Float64Array;
  readonly first_token_s: Float64Array;
  readonly completed_s: Float64Array;
}

export interface RequestLog extends Instants {
  readonly length: number;
  readonly arrival_s: Float64Array;
  readonly prompt_tokens: Int32Array;
  readonly output_tokens: Int32Array;
  /** Index into `OUTCOMES`. */
  readonly outcome: Uint8Array;
  /** How often it lost its KV cache. */
  readonly preemptions: Int32Array;
}

const FIRST_ROWS = 1024;
const INSTANTS: ReadonlyArray<keyof Instants> = [
  'prefill_start_s',
  'prefill_end_s',
  'transfer_start_s',
  'decode_queued_s',
  'decode_start_s',
  'first_token_s',
  'completed_s',
];

/** Writes a `RequestLog` row by row as requests leave, in any order. */
export class RequestLogWriter {
  #length = 0;
  #arrival_s = new Float64Array(FIRST_ROWS);
  #prompt_tokens = new Int32Array(FIRST_ROWS);
  #output_tokens = new Int32Array(FIRST_ROWS);
  #outcome = new Uint8Array(FIRST_ROWS);
  #preemptions = new Int32Array(FIRST_ROWS);
  #instants: Instants = mapInstants(() => new Float64Array(FIRST_ROWS));

  /** Copies the row of a request; instants at or after `end_s` have not happened. */
  write(requests: RequestTable, slot: RequestSlot, outcome: Outcome, end_s: number): void {
    const id = requests.id[slot] ?? 0;
    while (id >= this.#outcome.length) this.#grow();
    if (id >= this.#length) this.#length = id + 1;
    this.#arrival_s[id] = requests.arrival_s[slot] ?? 0;
    this.#prompt_tokens[id] = requests.prompt_tokens[slot] ?? 0;
    this.#output_tokens[id] = requests.output_tokens[slot] ?? 0;
    this.#outcome[id] = OUTCOMES.indexOf(outcome);
    this.#preemptions[id] = requests.preemptions[slot] ?? 0;
    for (const name of INSTANTS) {
      const at = requests[name][slot] ?? Number.NaN;
      this.#instants[name][id] = at < end_s ? at : Number.NaN;
    }
  }

  /** Hands the rows over; none can be written afterwards. */
  finish(): RequestLog {
    const n = this.#length;
    const log = {
      length: n,
      arrival_s: this.#arrival_s.slice(0, n),
      prompt_tokens: this.#prompt_tokens.slice(0, n),
      output_tokens: this.#output_tokens.slice(0, n),
      outcome: this.#outcome.slice(0, n),
      preemptions: this.#preemptions.slice(0, n),
      ...mapInstants((name) => this.#instants[name].slice(0, n)),
    };
    this.#forget();
    return log;
  }

  #forget(): void {
    this.#length = 0;
    this.#arrival_s = new Float64Array(0);
    this.#prompt_tokens = new Int32Array(0);
    this.#output_tokens = new Int32Array(0);
    this.#outcome = new Uint8Array(0);
    this.#preemptions = new Int32Array(0);
    this.#instants = mapInstants(() => new Float64Array(0));
  }

  #grow(): void {
    const rows = 2 * this.#outcome.length;
    this.#arrival_s = widened(this.#arrival_s, new Float64Array(rows));
    this.#prompt_tokens = widened(this.#prompt_tokens, new Int32Array(rows));
    this.#output_tokens = widened(this.#output_tokens, new Int32Array(rows));
    this.#outcome = widened(this.#outcome, new Uint8Array(rows));
    this.#preemptions = widened(this.#preemptions, new Int32Array(rows));
    this.#instants = mapInstants((name) => widened(this.#instants[name], new Float64Array(rows)));
  }
}

function mapInstants(column: (name: keyof Instants) => Float64Array): Instants {
  return {
    prefill_start_s: column('prefill_start_s'),
    prefill_end_s: column('prefill_end_s'),
    transfer_start_s: column('transfer_start_s'),
    decode_queued_s: column('decode_queued_s'),
    decode_start_s: column('decode_start_s'),
    first_token_s: column('first_token_s'),
    completed_s: column('completed_s'),
  };
}
