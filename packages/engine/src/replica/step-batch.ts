/**
 * What the step being scheduled computes: the decode set as a whole, and others one by one.
 * Knows neither why a request was chosen nor how long the step takes.
 */
import type { RequestSlot } from '../records/request-table.ts';
import type { BatchColumns } from './batch-columns.ts';
import { SlotList } from './slot-list.ts';
import { StepLoad } from './step-time.ts';
import type { TokenCounts } from './token-counts.ts';

export class StepBatch {
  readonly load: StepLoad = new StepLoad();
  /** Scheduled outside the decode set, with the tokens computed of each. */
  readonly fresh: SlotList = new SlotList();

  readonly #columns: BatchColumns;
  readonly #tokens: TokenCounts;

  constructor(columns: BatchColumns, tokens: TokenCounts) {
    this.#columns = columns;
    this.#tokens = tokens;
  }

  /** Nothing is computed. */
  get empty(): boolean {
    return this.load.decode_seqs === 0 && this.fresh.length === 0;
  }

  /** A new step, for now of a decode set alone. */
  start(decode_seqs: number, context_tokens: number): void {
    this.load.start(decode_seqs, context_tokens);
  }

  /** Computes `tokens` more of a request outside the decode set. */
  add(slot: RequestSlot, tokens: number): void {
    const { computed, generated, arrived_with_kv } = this.#columns;
    const before = computed[slot] ?? 0;
    const hasToken = (generated[slot] ?? 0) > 0 || arrived_with_kv[slot] === 1;
    if (hasToken && this.#tokens.uncomputed(slot) === 1) this.load.addDecode(before);
    else this.load.addPrefill(tokens, before);
    this.fresh.push(slot, tokens);
  }
}
