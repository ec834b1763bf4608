/**
 * Whom a replica holds KV blocks for: the line of those that want some, those that hold some while their KV is on its
 * way, and those that have arrived and wait to be admitted.
 * Knows no blocks and no steps.
 */
import { SlotRing } from '../pool/slot-ring.ts';
import type { RequestSlot } from '../records/request-table.ts';

export class Reservations {
  /** Want blocks, first come first served. */
  readonly line: SlotRing = new SlotRing();
  /** Have arrived, in order; they need no further blocks to be admitted. */
  readonly arrived: SlotRing = new SlotRing();
  readonly #onTheirWay = new Set<RequestSlot>();
  /** Tokens that those in line want blocks for. */
  readonly #tokens = new Map<RequestSlot, number>();

  /** `slot` wants blocks for `tokens`. */
  ask(slot: RequestSlot, tokens: number): void {
    this.line.push(slot);
    this.#tokens.set(slot, tokens);
  }

  /** Tokens that the first in line wants blocks for. */
  get firstTokens(): number {
    return this.#tokens.get(this.line.first) ?? 0;
  }

  /** The first in line holds its blocks from now on; says who that is. */
  hold(): RequestSlot {
    const slot = this.line.shift();
    this.#tokens.delete(slot);
    this.#onTheirWay.add(slot);
    return slot;
  }

  /** Says whether a request that arrives holds its blocks, and lets it wait if so. */
  arrive(slot: RequestSlot): boolean {
    if (!this.#onTheirWay.delete(slot)) return false;
    this.arrived.push(slot);
    return true;
  }
}
