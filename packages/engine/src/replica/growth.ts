/**
 * What a step computes of one request outside the decode set, to be told when the step ends. Knows no schedule.
 */
import type { RequestSlot } from '../records/request-table.ts';

export interface Growth {
  readonly slot: RequestSlot;
  /** Its tokens in the cache, before and after the step. */
  readonly before: number;
  readonly after: number;
  /** Which of its output tokens the step produces, counted from 1; less when it produces none. */
  readonly token: number;
  /** When the token before that one came; NaN when there is none. */
  readonly last_token_s: number;
}
