/**
 * The running requests of a replica in order of admission: a doubly linked list over the batch columns.
 * Knows no tokens. Preemption takes the last.
 */
import type { RequestSlot } from '../records/request-table.ts';
import { type BatchColumns, NOBODY } from './batch-columns.ts';

export class AdmissionOrder {
  readonly #columns: BatchColumns;
  #last: RequestSlot = NOBODY;
  #length = 0;

  constructor(columns: BatchColumns) {
    this.#columns = columns;
  }

  get length(): number {
    return this.#length;
  }

  /** The request admitted last, NOBODY when none runs. */
  get last(): RequestSlot {
    return this.#last;
  }

  /** The request admitted before `slot`, NOBODY for the first. */
  before(slot: RequestSlot): RequestSlot {
    return this.#columns.before[slot] ?? NOBODY;
  }

  append(slot: RequestSlot): void {
    const { before, after } = this.#columns;
    before[slot] = this.#last;
    after[slot] = NOBODY;
    if (this.#last !== NOBODY) after[this.#last] = slot;
    this.#last = slot;
    this.#length++;
  }

  remove(slot: RequestSlot): void {
    const { before, after } = this.#columns;
    const earlier = before[slot] ?? NOBODY;
    const later = after[slot] ?? NOBODY;
    if (earlier !== NOBODY) after[earlier] = later;
    if (later === NOBODY) this.#last = earlier;
    else before[later] = earlier;
    this.#length--;
  }
}
