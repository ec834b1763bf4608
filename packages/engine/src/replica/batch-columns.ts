/**
 * What a replica keeps of each request, by slot: tokens computed and generated, and its place in the batch.
 * Knows no schedule.
 */
import type { RequestSlot } from '../records/request-table.ts';
import { widened } from '../records/widened.ts';

export const NOBODY = -1;

export class BatchColumns {
  /** Tokens whose KV is in the cache of the present replica. */
  computed: Int32Array = new Int32Array(64);
  /** Output tokens produced so far. */
  generated: Int32Array = new Int32Array(64);
  /** 1 if its KV came over a link: its first step on this replica is a decode step. */
  arrived_with_kv: Uint8Array = new Uint8Array(64);
  /** The token clock of its replica when it will complete, NaN when it is not decoding. */
  finish: Float64Array = new Float64Array(64);
  /** Neighbours in order of admission, of one that runs. */
  before: Int32Array = new Int32Array(64);
  after: Int32Array = new Int32Array(64);

  /** Enters a request that joins a replica with `computed` tokens in its cache. */
  enter(slot: RequestSlot, computed: number, generated: number, arrivedWithKv: boolean): void {
    while (slot >= this.computed.length) this.#grow();
    this.computed[slot] = computed;
    this.generated[slot] = generated;
    this.arrived_with_kv[slot] = arrivedWithKv ? 1 : 0;
    this.finish[slot] = Number.NaN;
  }

  #grow(): void {
    const rows = 2 * this.computed.length;
    this.computed = widened(this.computed, new Int32Array(rows));
    this.generated = widened(this.generated, new Int32Array(rows));
    this.arrived_with_kv = widened(this.arrived_with_kv, new Uint8Array(rows));
    this.finish = widened(this.finish, new Float64Array(rows));
    this.before = widened(this.before, new Int32Array(rows));
    this.after = widened(this.after, new Int32Array(rows));
  }
}
