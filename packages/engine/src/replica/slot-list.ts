/**
 * A short list of requests that is filled and emptied every step, without allocating.
 * Knows nothing of what a slot or the number beside it means.
 */
import type { RequestSlot } from '../records/request-table.ts';
import { widened } from '../records/widened.ts';

export class SlotList {
  length = 0;
  #slots = new Int32Array(16);
  #numbers = new Int32Array(16);

  /** Appends a slot with a number. */
  push(slot: RequestSlot, number: number): void {
    if (this.length === this.#slots.length) this.#grow();
    this.#slots[this.length] = slot;
    this.#numbers[this.length++] = number;
  }

  /** Inserts a slot so that the numbers ascend. */
  insert(slot: RequestSlot, number: number): void {
    this.push(slot, number);
    let at = this.length - 1;
    for (; at > 0 && (this.#numbers[at - 1] ?? 0) > number; at--) {
      this.#slots[at] = this.#slots[at - 1] ?? 0;
      this.#numbers[at] = this.#numbers[at - 1] ?? 0;
    }
    this.#slots[at] = slot;
    this.#numbers[at] = number;
  }

  has(slot: RequestSlot): boolean {
    for (let index = 0; index < this.length; index++) if (this.#slots[index] === slot) return true;
    return false;
  }

  slot(index: number): RequestSlot {
    return this.#slots[index] ?? 0;
  }

  number(index: number): number {
    return this.#numbers[index] ?? 0;
  }

  clear(): void {
    this.length = 0;
  }

  #grow(): void {
    this.#slots = widened(this.#slots, new Int32Array(2 * this.#slots.length));
    this.#numbers = widened(this.#numbers, new Int32Array(2 * this.#numbers.length));
  }
}
