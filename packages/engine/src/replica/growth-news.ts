/**
 * What steps give the requests outside the decode set, as their host is told of it. Knows no schedule and no blocks.
 */
import type { RequestSlot, RequestTable } from '../records/request-table.ts';
import type { ReplicaHost } from './replica-spec.ts';

/** Of a request whose tokens are not all computed: it produces none. */
export const PARTIAL = -1;

/** What a step computes of one request, to be told when the step ends. */
export interface Growth {
  readonly slot: RequestSlot;
  /** Its tokens in the cache, before and after the step. */
  readonly before: number;
  readonly after: number;
  /** Which of its output tokens the step produces, counted from 1; 0 at the end of a prefill that leaves, or `PARTIAL`. */
  readonly token: number;
  /** When the token before that one came; NaN when there is none. */
  readonly last_token_s: number;
}

export class GrowthNews {
  readonly #requests: RequestTable;
  readonly #host: ReplicaHost;
  /** When those that have produced tokens and do not decode produced their last. */
  readonly #lastToken_s = new Map<RequestSlot, number>();

  constructor(requests: RequestTable, host: ReplicaHost) {
    this.#requests = requests;
    this.#host = host;
  }

  /** A request that does not decode now has produced its last token at `time_s`. */
  waits(slot: RequestSlot, time_s: number): void {
    this.#lastToken_s.set(slot, time_s);
  }

  /** When it did; NaN when it has produced none. */
  lastToken_s(slot: RequestSlot): number {
    return this.#lastToken_s.size === 0 ? Number.NaN : (this.#lastToken_s.get(slot) ?? Number.NaN);
  }

  /** It decodes again, or has left. */
  goesOn(slot: RequestSlot): void {
    this.#lastToken_s.delete(slot);
  }

  /** Tells at `now` of a growth, but for the time between two tokens. */
  tell(slot: RequestSlot, token: number, now: number): void {
    const { prefill_end_s, first_token_s } = this.#requests;
    if (token === PARTIAL) return;
    if (Number.isNaN(prefill_end_s[slot] ?? 0)) {
      prefill_end_s[slot] = now;
      this.#host.prefilled(slot);
    }
    if (token !== 1) return;
    first_token_s[slot] = now;
    this.#host.firstToken(slot);
  }
}
