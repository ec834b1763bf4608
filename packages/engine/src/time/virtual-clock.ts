/**
 * The virtual clock: an RxJS scheduler whose time is the time of the event being handled.
 * Knows no requests and no pools. One unit of time is one second, also in `timer(1.5, clock)`.
 *
 * Events are ordered by (time, phase, rank). The rank of a request's event is the request's id, so ties fall to
 * the earlier request; the rank of a scheduled callback is the order of scheduling.
 */
import type { SchedulerAction, SchedulerLike, Subscription } from 'rxjs';
import { ClockAction } from './clock-action.ts';
import { EventQueue } from './event-queue.ts';
import { Phase } from './phases.ts';

/** Room for 2^48 ranks in each phase; both fit into a float64 exactly. */
const RANKS = 2 ** 48;
/** Before any order. */
const NO_ORDER = -1;

export class VirtualClock implements SchedulerLike {
  readonly #queue = new EventQueue();
  readonly #handlers: Array<(payload: number) => void> = [];
  readonly #calls: Array<(() => void) | null> = [];
  readonly #freeCalls: number[] = [];
  readonly #call: number;
  #now = Number.NaN;
  /** Events handled, and what bounds the present run. */
  #handled = 0;
  #most = Number.NaN;
  #until: number = Number.POSITIVE_INFINITY;
  /** The event beside the queue. */
  #besideTime: number = Number.POSITIVE_INFINITY;
  #besideOrder = Number.NaN;
  #actBeside: (() => void) | null = null;
  #scheduled = 0;
  #stopped = false;
  #failed = false;
  #error: unknown;

  constructor() {
    // NaN before, so that they are fractions from the start: see Decisions in ARCHITECTURE.md.
    this.#besideOrder = 0;
    this.#most = 0;
    this.#now = 0;
    this.#call = this.handler((index) => this.#perform(index));
  }

  /** Virtual seconds since the start. */
  now(): number {
    return this.#now;
  }

  /** Registers what to do with one kind of event; the returned number names it in `at`. */
  handler(act: (payload: number) => void): number {
    return this.#handlers.push(act) - 1;
  }

  /**
   * Schedules an event: `handler` will be called with `payload` at `time`; at Infinity, never.
   *
   * @throws RangeError when `time` is not a number or lies before now.
   */
  at(time: number, phase: Phase, rank: number, handler: number, payload: number): void {
    if (!(time >= this.#now)) throw this.#past(time);
    if (time === Number.POSITIVE_INFINITY) return;
    this.#queue.push(time, phase * RANKS + rank, handler, payload);
  }

  /**
   * Registers what to do with the event beside the queue: what comes one after another, such as arrivals, needs no
   * place in it.
   *
   * @throws Error when that is registered already: requests of a workload that come at their own times do so.
   */
  handlerBeside(act: () => void): void {
    if (this.#actBeside !== null) throw new Error('The place beside the queue is taken');
    this.#actBeside = act;
  }

  /**
   * Schedules the event beside the queue as `at` does, in place of one that stood there.
   *
   * @throws RangeError when `time` is not a number or lies before now.
   */
  beside(time: number, phase: Phase, rank: number): void {
    if (!(time >= this.#now)) throw this.#past(time);
    this.#besideTime = time;
    this.#besideOrder = phase * RANKS + rank;
  }

  /** The `SchedulerLike` contract: runs `work` after `delay` seconds of virtual time. */
  schedule<T>(work: (this: SchedulerAction<T>, state: T) => void, delay = 0, state?: T): Subscription {
    const action = new ClockAction<T>(work, (due, after) => this.#enqueue(due, after));
    return action.schedule(state, delay);
  }

  /**
   * Handles events before `until` (seconds), at most `budget` of them; returns how many.
   *
   * @throws whatever a handler threw or `fail` was given.
   */
  run(until: number, budget: number = Number.POSITIVE_INFINITY): number {
    const queue = this.#queue;
    const handlers = this.#handlers;
    const before = this.#handled;
    const most = before + budget;
    this.#most = most;
    this.#until = until;
    try {
      while (this.#handled < most && !this.#stopped) {
        // Read from a field, of which compiled code knows that it is a number.
        const beside = this.#besideTime < this.#until;
        if (queue.take(beside ? this.#besideTime : this.#until, beside ? this.#besideOrder : NO_ORDER)) {
          this.#now = queue.time;
          this.#handled++;
          handlers[queue.handler]?.(queue.payload);
        } else if (beside) {
          this.#takeBeside();
        } else {
          break;
        }
      }
    } catch (error) {
      this.fail(error);
    }
    this.throwIfFailed();
    return this.#handled - before;
  }

  #takeBeside(): void {
    this.#now = this.#besideTime;
    this.#besideTime = Number.POSITIVE_INFINITY;
    this.#handled++;
    this.#actBeside?.();
  }

  /**
   * Goes straight on to an event that would be handled next, which the caller then does itself. False when something
   * else comes first, or the run ends or pauses before: then it is to be scheduled.
   */
  goOn(time: number, phase: Phase, rank: number): boolean {
    if (this.#stopped || this.#handled >= this.#most || !(time >= this.#now && time < this.#until))
      return false;
    if (this.#anyBefore(time, phase * RANKS + rank)) return false;
    this.#now = time;
    this.#handled++;
    return true;
  }

  /** Nothing else is pending at this instant. */
  get quiet(): boolean {
    return !this.#anyBefore(this.#now, Number.POSITIVE_INFINITY);
  }

  /** Ends the run after the event being handled. */
  stop(): void {
    this.#stopped = true;
  }

  /** Ends the run after the event being handled and makes `run` throw the first such error. */
  fail(error: unknown): void {
    if (!this.#failed) this.#error = error;
    this.#failed = true;
    this.#stopped = true;
  }

  /** Throws what `fail` was given, if it was. */
  throwIfFailed(): void {
    if (this.#failed) throw this.#error;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  #anyBefore(time: number, order: number): boolean {
    const gap = time - this.#besideTime;
    return gap > 0 || (gap === 0 && this.#besideOrder < order) || this.#queue.anyBefore(time, order);
  }

  #past(time: number): RangeError {
    return new RangeError(`An event at ${time} s cannot follow one at ${this.#now} s`);
  }

  #enqueue(due: () => void, delay: number): void {
    const index = this.#freeCalls.pop() ?? this.#calls.length;
    this.#calls[index] = due;
    this.at(this.#now + Math.max(delay, 0), Phase.observer, this.#scheduled++, this.#call, index);
  }

  #perform(index: number): void {
    const due = this.#calls[index];
    this.#calls[index] = null;
    this.#freeCalls.push(index);
    due?.();
  }
}
