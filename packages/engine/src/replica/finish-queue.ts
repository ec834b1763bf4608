/**
 * The decoding requests of a replica in order of the token clock at which they complete.
 * Knows no tokens. Who joins mostly completes last, and who leaves has mostly completed, first of all: both ends are
 * at hand, and only between them is somebody looked for.
 */
import type { RequestSlot } from '../records/request-table.ts';
import { widened } from '../records/widened.ts';
import { type BatchColumns, NOBODY } from './batch-columns.ts';

export class FinishQueue {
  /** When the first one completes, Infinity when nobody decodes. */
  next: number = Number.POSITIVE_INFINITY;

  readonly #columns: BatchColumns;
  /** From `#first` up to, not including, `#end`. */
  #slots = new Int32Array(64);
  #first = 0;
  #end = 0;

  constructor(columns: BatchColumns) {
    this.#columns = columns;
  }

  get length(): number {
    return this.#end - this.#first;
  }

  has(slot: RequestSlot): boolean {
    return !Number.isNaN(this.#columns.finish[slot] ?? Number.NaN);
  }

  push(slot: RequestSlot, finish: number): void {
    if (this.#end === this.#slots.length) this.#makeRoom();
    const end = this.#end;
    const isLast = end === this.#first || this.#finishAt(end - 1) <= finish;
    const place = isLast ? end : this.#placeOf(finish);
    if (!isLast) this.#slots.copyWithin(place + 1, place, end);
    this.#slots[place] = slot;
    this.#end++;
    this.#columns.finish[slot] = finish;
    if (finish < this.next) this.next = finish;
  }

  /** Takes the request that completes first; call only when `length` > 0. */
  pop(): RequestSlot {
    const slot = this.#slots[this.#first++] ?? NOBODY;
    this.#left(slot);
    return slot;
  }

  remove(slot: RequestSlot): void {
    let place = this.#placeOf(this.#columns.finish[slot] ?? 0);
    while (this.#slots[place] !== slot) place++;
    this.#slots.copyWithin(place, place + 1, this.#end--);
    this.#left(slot);
  }

  #left(slot: RequestSlot): void {
    this.#columns.finish[slot] = Number.NaN;
    this.next = this.#end > this.#first ? this.#finishAt(this.#first) : Number.POSITIVE_INFINITY;
  }

  #finishAt(place: number): number {
    return this.#columns.finish[this.#slots[place] ?? NOBODY] ?? 0;
  }

  /** The first place whose request completes at `finish` or later. */
  #placeOf(finish: number): number {
    let from = this.#first;
    let to = this.#end;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#finishAt(middle) < finish) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** Moves them to the front, of twice the room if they take more than half of it. */
  #makeRoom(): void {
    const { length } = this;
    if (2 * length > this.#slots.length) {
      this.#slots = widened(this.#slots, new Int32Array(2 * this.#slots.length));
    }
    this.#slots.copyWithin(0, this.#first, this.#end);
    this.#first = 0;
    this.#end = length;
  }
}
