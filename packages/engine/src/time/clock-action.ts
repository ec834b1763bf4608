/**
 * One piece of work scheduled through RxJS on a virtual clock.
 * Knows no heap: it asks its clock to be called again.
 */
import { type SchedulerAction, Subscription } from 'rxjs';

export class ClockAction<T> extends Subscription implements SchedulerAction<T> {
  readonly #work: (this: SchedulerAction<T>, state: T) => void;
  readonly #enqueue: (action: ClockAction<unknown>, delay: number) => void;
  #state: T | undefined;
  /** Rescheduling supersedes: only the newest request to run counts. */
  #due = 0;

  constructor(
    work: (this: SchedulerAction<T>, state: T) => void,
    enqueue: (action: ClockAction<unknown>, delay: number) => void,
  ) {
    super();
    this.#work = work;
    this.#enqueue = enqueue;
  }

  schedule(state?: T, delay = 0): Subscription {
    if (this.closed) return this;
    this.#state = state;
    this.#due++;
    this.#enqueue(this as ClockAction<unknown>, delay);
    return this;
  }

  /** Called by the clock when the time has come. */
  perform(): void {
    if (--this.#due > 0 || this.closed) return;
    this.#work.call(this, this.#state as T);
    if (this.#due === 0) this.unsubscribe();
  }
}
