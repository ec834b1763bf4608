/**
 * Completed requests on their way to being measured, a block at a time: a loop over their rows costs less than as many
 * calls between events. Knows no metric and no window.
 */
import type { RequestSlot, RequestTable } from '../records/request-table.ts';

/** Requests to a block. */
export const BLOCK = 256;

export class RequestBlock {
  /** Where their rows are. */
  readonly requests: RequestTable;
  /** Their slots, in the order in which they completed. */
  readonly slots: Int32Array = new Int32Array(BLOCK);
  size = 0;

  constructor(requests: RequestTable) {
    this.requests = requests;
  }

  get full(): boolean {
    return this.size === BLOCK;
  }

  add(slot: RequestSlot): void {
    this.slots[this.size++] = slot;
  }
}
