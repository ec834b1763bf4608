/**
 * How many tokens a request has, needs and may come to need on a replica.
 * Knows no schedule and no blocks.
 */
import type { RequestSlot, RequestTable } from '../records/request-table.ts';
import type { BatchColumns } from './batch-columns.ts';

export class TokenCounts {
  readonly #requests: RequestTable;
  readonly #columns: BatchColumns;

  constructor(requests: RequestTable, columns: BatchColumns) {
    this.#requests = requests;
    this.#columns = columns;
  }

  prompt(slot: RequestSlot): number {
    return this.#requests.prompt_tokens[slot] ?? 0;
  }

  /** Tokens that are known and not in the cache: 1 for one that decodes. */
  uncomputed(slot: RequestSlot): number {
    const known = this.prompt(slot) + (this.#columns.generated[slot] ?? 0);
    return known - (this.#columns.computed[slot] ?? 0);
  }

  /** The most that its cache will ever hold: the last output token is never computed. */
  mostComputed(slot: RequestSlot): number {
    return this.prompt(slot) + (this.#requests.output_tokens[slot] ?? 0) - 1;
  }

  /** In the cache after the first decode step of a request that brings its KV, and perhaps its first token. */
  inFirstDecodeStep(slot: RequestSlot): number {
    return this.prompt(slot) + (Number.isNaN(this.#requests.first_token_s[slot] ?? Number.NaN) ? 0 : 1);
  }
}
