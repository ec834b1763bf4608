/**
 * One piece of work scheduled through RxJS on a virtual clock.
 * Knows no queue: it asks its clock to be called again.
 */
import { type SchedulerAction, Subscription } from 'rxjs';

export class ClockAction<T> extends Subscription implements SchedulerAction<T> {
  readonly #work: (this: SchedulerAction<T>, state: T) => void;
  readonly #enqueue: (due: () => void, delay: number) => void;
  #state: T | undefined;
  /** Scheduling supersedes: only the call that belongs to the newest request counts. */
  #newest = 0;
  #pending = false;

  /** `enqueue` makes the clock call `due` after `delay` seconds. */
  constructor(
    work: (this: SchedulerAction<T>, state: T) => void,
    enqueue: (due: () => void, delay: number) => void,
  ) {
    super();
    this.#work = work;
    this.#enqueue = enqueue;
  }

  schedule(state?: T, delay = 0): Subscription {
    if (this.closed) return this;
    this.#state = state;
    this.#pending = true;
    const request = ++this.#newest;
    this.#enqueue(() => this.#perform(request), delay);
    return this;
  }

  #perform(request: number): void {
    if (request !== this.#newest || this.closed) return;
    this.#pending = false;
    this.#work.call(this, this.#state as T);
    if (!this.#pending) this.unsubscribe();
  }
}
