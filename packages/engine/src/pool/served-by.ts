/**
 * A pool as an operator on the stream of requests.
 * Knows no GPUs and no replicas: the pool does.
 */
import { Observable, type OperatorFunction, Subscriber } from 'rxjs';
import type { RequestSlot } from '../records/request-table.ts';

/** What requests can be served by. */
export interface Station {
  /** Nobody waits and nobody is served. */
  readonly idle: boolean;
  /** A request joins now. */
  accept(slot: RequestSlot): void;
  /** Where requests go when they leave. */
  deliverTo(next: (slot: RequestSlot) => void): void;
}

/**
 * Requests queue for the pool, are served, and go on; completes when the source has and the pool is idle.
 *
 * @example
 * arrivals.pipe(servedBy(prefill), servedBy(decode))
 */
export function servedBy(pool: Station): OperatorFunction<RequestSlot, RequestSlot> {
  return (source) => new Observable((subscriber) => source.subscribe(new PoolEntrance(pool, subscriber)));
}

/** A plain Subscriber, so that what a policy throws reaches the clock instead of being reported later. */
class PoolEntrance extends Subscriber<RequestSlot> {
  readonly #pool: Station;
  readonly #exit: Subscriber<RequestSlot>;
  #sourceEnded = false;

  constructor(pool: Station, exit: Subscriber<RequestSlot>) {
    super();
    this.#pool = pool;
    this.#exit = exit;
    pool.deliverTo((slot) => {
      exit.next(slot);
      this.#completeIfDone();
    });
  }

  override next(slot: RequestSlot): void {
    this.#pool.accept(slot);
  }

  override error(error: unknown): void {
    this.#exit.error(error);
  }

  override complete(): void {
    this.#sourceEnded = true;
    this.#completeIfDone();
  }

  #completeIfDone(): void {
    if (this.#sourceEnded && this.#pool.idle) this.#exit.complete();
  }
}
