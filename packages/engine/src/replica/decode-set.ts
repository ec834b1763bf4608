/**
 * The decoding requests of a replica. Every step gives each of them one token, so one token clock stands for all:
 * a request is known by the clock at which it completes, and any number of steps passes by advancing the clock.
 * Knows no time in seconds and no waiting requests.
 */
import type { RequestSlot } from '../records/request-table.ts';
import type { BatchColumns } from './batch-columns.ts';
import { FinishQueue } from './finish-queue.ts';
import type { KvBlocks } from './kv-blocks.ts';

export class DecodeSet {
  /** Steps taken. */
  clock = 0;
  /** Σ (computed + 1) over the set: the context that the next step attends to. */
  context_tokens = 0;

  readonly #columns: BatchColumns;
  readonly #blocks: KvBlocks;
  readonly #order: FinishQueue;

  constructor(columns: BatchColumns, blocks: KvBlocks) {
    this.#columns = columns;
    this.#blocks = blocks;
    this.#order = new FinishQueue(columns);
  }

  get length(): number {
    return this.#order.length;
  }

  /** Steps until the first completion, Infinity for an empty set. */
  get stepsToCompletion(): number {
    return this.#order.next - this.clock;
  }

  /** A request whose computed tokens are all but one joins, to decode `remaining` more tokens. */
  join(slot: RequestSlot, remaining: number): void {
    const computed = this.#columns.computed[slot] ?? 0;
    this.#order.push(slot, this.clock + remaining);
    this.#blocks.join(computed, this.clock);
    this.context_tokens += computed + 1;
    // Its computed tokens from now on are the clock's advance on top of this.
    this.#columns.computed[slot] = computed - this.clock;
    this.#columns.generated[slot] = (this.#columns.generated[slot] ?? 0) - this.clock;
  }

  has(slot: RequestSlot): boolean {
    return this.#order.has(slot);
  }

  /** Takes a request out before it completes and settles its columns. */
  remove(slot: RequestSlot): void {
    this.#order.remove(slot);
    this.#settle(slot);
  }

  /** Takes a request that completes at the present clock and settles its columns; call only when one does. */
  takeCompleted(): RequestSlot {
    const slot = this.#order.pop();
    this.#settle(slot);
    return slot;
  }

  /** Every request gets `steps` tokens. */
  advance(steps: number): void {
    this.clock += steps;
    this.context_tokens += steps * this.#order.length;
  }

  #settle(slot: RequestSlot): void {
    const computed = (this.#columns.computed[slot] ?? 0) + this.clock;
    this.#columns.computed[slot] = computed;
    this.#columns.generated[slot] = (this.#columns.generated[slot] ?? 0) + this.clock;
    this.#blocks.leave(computed, this.clock);
    this.context_tokens -= computed + 1;
  }
}
