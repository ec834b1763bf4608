/**
 * A request log as rows, and the times at which a request joins, takes and leaves each pool.
 * Knows the two shipped architectures; knows no engine internals.
 */
import {
  type KvLink,
  OUTCOMES,
  type Outcome,
  type SimulationResult,
  transferSeconds,
} from '../../src/index.ts';

export interface Row {
  readonly id: number;
  readonly arrival_s: number;
  readonly prompt_tokens: number;
  readonly output_tokens: number;
  readonly outcome: Outcome;
  readonly prefill_start_s: number;
  readonly prefill_end_s: number;
  readonly decode_start_s: number;
  readonly first_token_s: number;
  readonly completed_s: number;
}

export function rowsOf({ requests }: SimulationResult): readonly Row[] {
  if (requests === null) throw new Error('the run kept no requests');
  const at = (column: ArrayLike<number>, id: number): number => column[id] ?? Number.NaN;
  return Array.from({ length: requests.length }, (_, id) => ({
    id,
    arrival_s: at(requests.arrival_s, id),
    prompt_tokens: at(requests.prompt_tokens, id),
    output_tokens: at(requests.output_tokens, id),
    outcome: OUTCOMES[at(requests.outcome, id)] ?? 'in_flight',
    prefill_start_s: at(requests.prefill_start_s, id),
    prefill_end_s: at(requests.prefill_end_s, id),
    decode_start_s: at(requests.decode_start_s, id),
    first_token_s: at(requests.first_token_s, id),
    completed_s: at(requests.completed_s, id),
  }));
}

/** One request at one pool; NaN for what did not happen. */
export interface Visit {
  readonly id: number;
  readonly queued_s: number;
  readonly start_s: number;
  readonly end_s: number;
}

/** The visits to each pool, by pool name, of a run of `monolithic` or `disaggregated`. */
export function visitsOf(rows: readonly Row[], mode: string, link?: KvLink): ReadonlyMap<string, Visit[]> {
  const visits = (times: (row: Row) => Omit<Visit, 'id'>): Visit[] =>
    rows.map((row) => ({ id: row.id, ...times(row) }));
  if (mode === 'mono') {
    return new Map([
      [
        'gpu',
        visits((row) => ({ queued_s: row.arrival_s, start_s: row.prefill_start_s, end_s: row.completed_s })),
      ],
    ]);
  }
  const transfer = ({ prompt_tokens }: Row): number =>
    link === undefined ? 0 : transferSeconds(link, prompt_tokens);
  return new Map([
    [
      'prefill',
      visits((row) => ({ queued_s: row.arrival_s, start_s: row.prefill_start_s, end_s: row.prefill_end_s })),
    ],
    [
      'decode',
      visits((row) => ({
        queued_s: row.prefill_end_s + transfer(row),
        start_s: row.decode_start_s,
        end_s: row.completed_s,
      })),
    ],
  ]);
}

/** Length of [from, to) inside [a, b); a missing end reaches to the end of the window. */
export function overlap(from: number, to: number, a: number, b: number): number {
  if (Number.isNaN(from)) return 0;
  const until = Number.isNaN(to) ? b : to;
  return Math.max(Math.min(until, b) - Math.max(from, a), 0);
}
