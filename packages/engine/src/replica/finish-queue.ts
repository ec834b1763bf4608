/**
 * The decoding requests of a replica by the token clock at which they complete: a binary heap over the batch
 * columns that knows each request's place, so that a preempted one can be taken out.
 */
import type { RequestSlot } from '../records/request-table.ts';
import { type BatchColumns, NOBODY } from './batch-columns.ts';

export class FinishHeap {
  readonly #columns: BatchColumns;
  readonly #slots: RequestSlot[] = [];

  constructor(columns: BatchColumns) {
    this.#columns = columns;
  }

  get length(): number {
    return this.#slots.length;
  }

  /** When the first one completes, Infinity when nobody decodes. */
  get next(): number {
    const first = this.#slots[0];
    return first === undefined ? Number.POSITIVE_INFINITY : (this.#columns.finish[first] ?? 0);
  }

  push(slot: RequestSlot, finish: number): void {
    this.#columns.finish[slot] = finish;
    this.#slots.push(slot);
    this.#rise(this.#slots.length - 1, slot, finish);
  }

  /** Takes the request that completes first; call only when `length` > 0. */
  pop(): RequestSlot {
    const first = this.#slots[0] ?? NOBODY;
    this.remove(first);
    return first;
  }

  remove(slot: RequestSlot): void {
    const { place, finish } = this.#columns;
    const at = place[slot] ?? 0;
    place[slot] = NOBODY;
    const moved = this.#slots.pop() ?? NOBODY;
    if (moved === slot) return;
    const key = finish[moved] ?? 0;
    if (key < (finish[slot] ?? 0)) this.#rise(at, moved, key);
    else this.#sink(at, moved, key);
  }

  #rise(from: number, slot: RequestSlot, key: number): void {
    const { place, finish } = this.#columns;
    let at = from;
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = this.#slots[parentAt] ?? NOBODY;
      if ((finish[parent] ?? 0) <= key) break;
      this.#slots[at] = parent;
      place[parent] = at;
      at = parentAt;
    }
    this.#slots[at] = slot;
    place[slot] = at;
  }

  #sink(from: number, slot: RequestSlot, key: number): void {
    const { place, finish } = this.#columns;
    const size = this.#slots.length;
    let at = from;
    for (;;) {
      let childAt = 2 * at + 1;
      if (childAt >= size) break;
      const right = this.#slots[childAt + 1];
      let child = this.#slots[childAt] ?? NOBODY;
      if (right !== undefined && (finish[right] ?? 0) < (finish[child] ?? 0)) {
        childAt++;
        child = right;
      }
      if ((finish[child] ?? 0) >= key) break;
      this.#slots[at] = child;
      place[child] = at;
      at = childAt;
    }
    this.#slots[at] = slot;
    place[slot] = at;
  }
}
