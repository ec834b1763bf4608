/**
 * A first-in-first-out queue of request slots in a circular typed array.
 * Knows nothing of what a slot means.
 */
import type { RequestSlot } from '../records/request-table.ts';

export class SlotRing {
  #slots = new Int32Array(64);
  #head = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(slot: RequestSlot): void {
    if (this.#length === this.#slots.length) this.#grow();
    this.#slots[(this.#head + this.#length++) & (this.#slots.length - 1)] = slot;
  }

  /** Takes the oldest slot; call only when `length` > 0. */
  shift(): RequestSlot {
    const slot = this.#slots[this.#head] ?? 0;
    this.#head = (this.#head + 1) & (this.#slots.length - 1);
    this.#length--;
    return slot;
  }

  /** The oldest slot; meaningful only when `length` > 0. */
  get first(): RequestSlot {
    return this.#slots[this.#head] ?? 0;
  }

  /** Puts a slot back before the oldest. */
  unshift(slot: RequestSlot): void {
    if (this.#length === this.#slots.length) this.#grow();
    this.#head = (this.#head - 1) & (this.#slots.length - 1);
    this.#slots[this.#head] = slot;
    this.#length++;
  }

  /** Twice the room, oldest first. */
  #grow(): void {
    const wider = new Int32Array(2 * this.#slots.length);
    wider.set(this.#slots.subarray(this.#head));
    wider.set(this.#slots.subarray(0, this.#head), this.#slots.length - this.#head);
    this.#slots = wider;
    this.#head = 0;
  }
}
