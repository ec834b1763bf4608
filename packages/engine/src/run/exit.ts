/**
 * The end of the flow. A plain Subscriber, so that what a stage throws reaches the clock.
 * Knows no statistics: it is told what to do with a request that leaves.
 */
import { Subscriber } from 'rxjs';
import type { RequestSlot } from '../records/request-table.ts';

export interface Leaving {
  completed(slot: RequestSlot): void;
  failed(error: unknown): void;
  drained(): void;
}

export class Exit extends Subscriber<RequestSlot> {
  readonly #leaving: Leaving;

  constructor(leaving: Leaving) {
    super();
    this.#leaving = leaving;
  }

  override next(slot: RequestSlot): void {
    this.#leaving.completed(slot);
  }

  override error(error: unknown): void {
    this.#leaving.failed(error);
  }

  override complete(): void {
    this.#leaving.drained();
  }
}
