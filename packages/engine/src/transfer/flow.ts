/**
 * One transfer of a shared network: bytes that leave at a rate which changes now and then; more may follow them.
 * Knows no other flow. The bytes that remain are settled only when the rate changes, with the rounding error of
 * all settlements kept (Neumaier's sum), so that many changes lose nothing.
 */
import type { RequestSlot } from '../records/request-table.ts';

export class Flow {
  readonly slot: RequestSlot;
  readonly id: number;
  /** Resources it crosses. */
  readonly resources: readonly number[];
  /** Bytes a second. */
  rate = 0;
  /** When the last byte arrives if the rate stays, seconds. */
  end_s: number = Number.POSITIVE_INFINITY;

  /** Bytes left at `#since_s`: the sum of both. */
  #left: number;
  #error = 0;
  #since_s: number;

  constructor(slot: RequestSlot, id: number, bytes: number, resources: readonly number[], now: number) {
    this.slot = slot;
    this.id = id;
    this.resources = resources;
    this.#left = bytes;
    this.#since_s = now;
  }

  setRate(rate: number, now: number): void {
    if (rate === this.rate) return;
    this.#settle(-this.rate * (now - this.#since_s));
    this.#since_s = now;
    this.rate = rate;
    this.end_s = now + Math.max(this.#left + this.#error, 0) / rate;
  }

  /** `bytes` follow those that have all moved by now. */
  refill(bytes: number, now: number): void {
    this.#left = bytes;
    this.#error = 0;
    this.#since_s = now;
    this.end_s = now + bytes / this.rate;
  }

  #settle(change: number): void {
    const sum = this.#left + change;
    this.#error +=
      Math.abs(this.#left) >= Math.abs(change) ? this.#left - sum + change : change - sum + this.#left;
    this.#left = sum;
  }
}
