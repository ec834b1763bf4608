/**
 * A run as its user holds it: watched, sliced, cancelled, read.
 * Knows no pools and no measurement: the assembly does.
 */
import { lastValueFrom, type Observable, type SchedulerLike, timer } from 'rxjs';
import { EventStream } from './events/event-stream.ts';
import type { SimulationEvents } from './events/simulation-events.ts';
import { given } from './given.ts';
import type { SimulationPlan } from './plan.ts';
import type { SimulationResult } from './result.ts';
import { Assembly } from './run/assembly.ts';
import { validatePlan } from './validate-plan.ts';

/** Events handled between two looks at the outside world, a few milliseconds of work. */
const SLICE_EVENTS = 20_000;

/** How far a run is. */
export interface Progress {
  /** Virtual seconds. */
  readonly time_s: number;
  /** Share of the run that is done, from 0 to 1; below 1 also at the end of a run that was cancelled. */
  readonly fraction: number;
  readonly arrivals: number;
  readonly completed: number;
  readonly done: boolean;
}

/** What stops a run from outside; an `AbortSignal` is one. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * One run of a plan that can be watched, sliced and cancelled.
 *
 * @example
 * const run = new Simulation(plan);
 * run.events.firstTokens.pipe(take(1)).subscribe(({ time_s, id }) => console.log(id, time_s));
 * const { report } = run.run();
 */
export class Simulation {
  /** Virtual time as an RxJS scheduler, for `bufferTime(60, clock)` and the like; the unit is the second. */
  readonly clock: SchedulerLike;
  /** What happens, in order of virtual time; all complete with the run. */
  readonly events: SimulationEvents;
  /** Told after every slice of a run. */
  readonly progress: Observable<Progress>;

  readonly #plan: SimulationPlan;
  readonly #assembly: Assembly;
  readonly #progress: EventStream<Progress>;
  #cancelled = false;
  #result: SimulationResult | null = null;

  /** @throws RangeError when the plan cannot be run. */
  constructor(plan: SimulationPlan) {
    validatePlan(plan);
    const assembly = new Assembly(plan);
    this.#plan = plan;
    this.#assembly = assembly;
    this.#progress = new EventStream((error) => assembly.clock.fail(error));
    this.clock = assembly.clock;
    this.events = assembly.events;
    this.progress = this.#progress;
  }

  /**
   * Runs to the end, or until `signal` aborts it between two events.
   *
   * @throws whatever a subscriber, a distribution or an operator threw.
   */
  run({ signal }: { readonly signal?: CancelSignal } = {}): SimulationResult {
    return this.#cancelling(signal, () => {
      const budget = this.#progress.observed ? SLICE_EVENTS : Number.POSITIVE_INFINITY;
      while (!this.advance(budget).done);
      return this.result();
    });
  }

  /** Runs in slices and lets the host breathe between them; otherwise like `run`. */
  async runInSlices({
    signal,
    events_per_slice = SLICE_EVENTS,
    pause = () => lastValueFrom(timer(0)),
  }: {
    readonly signal?: CancelSignal;
    readonly events_per_slice?: number;
    /** Awaited between slices; default one turn of the host's event loop. */
    readonly pause?: () => PromiseLike<unknown>;
  } = {}): Promise<SimulationResult> {
    if (!(events_per_slice >= 1)) {
      throw new RangeError(`events_per_slice must be at least 1, got ${events_per_slice}`);
    }
    return this.#cancelling(signal, async () => {
      while (!this.advance(events_per_slice).done) await pause();
      return this.result();
    });
  }

  /**
   * Handles at most `events` further events, and says how far the run is; 0 only says it.
   *
   * @throws RangeError when `events` is no number of at least 0; otherwise as `run`.
   */
  advance(events: number): Progress {
    if (!(events >= 0)) throw new RangeError(`events must be at least 0, got ${given(events)}`);
    if (this.#result === null && this.#assembly.advance(events))
      this.#result = this.#assembly.close(!this.#cancelled);
    const progress = this.#progressNow();
    this.#progress.emit(progress);
    if (progress.done) this.#progress.complete();
    this.#assembly.clock.throwIfFailed();
    return progress;
  }

  /** Ends the run after the event being handled; the result then covers what has happened. */
  cancel(): void {
    if (this.#result !== null) return;
    this.#cancelled = true;
    this.#assembly.clock.stop();
  }

  /** What was measured. @throws Error while the run is not done. */
  result(): SimulationResult {
    if (this.#result === null) throw new Error('The run is not done: call run(), or advance() until done');
    return this.#result;
  }

  #progressNow(): Progress {
    const { workload, sim_seconds } = this.#plan;
    const { arrived, completed } = this.#assembly;
    const time_s = this.#assembly.clock.now();
    const expected =
      workload.kind === 'replay' ? workload.arrival_s.length : (workload.max_requests ?? Number.NaN);
    const done = this.#result !== null;
    const fraction = sim_seconds === undefined ? arrived / Math.max(expected, 1) : time_s / sim_seconds;
    return {
      time_s,
      fraction: this.#result?.report.finished === true ? 1 : fraction,
      arrivals: arrived,
      completed,
      done,
    };
  }

  #cancelling<T>(signal: CancelSignal | undefined, work: () => T): T {
    if (signal === undefined) return work();
    const cancel = (): void => this.cancel();
    const forget = (): void => signal.removeEventListener('abort', cancel);
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel);
    let outcome: T | undefined;
    try {
      outcome = work();
      return outcome;
    } finally {
      if (outcome instanceof Promise) outcome.then(forget, forget);
      else forget();
    }
  }
}

/**
 * Runs a plan to its end.
 *
 * @throws RangeError when the plan cannot be run; otherwise whatever a distribution or an operator threw.
 * @example
 * const { report } = simulate(plan);
 * report.ttft_s.p99; // seconds
 */
export function simulate(plan: SimulationPlan): SimulationResult {
  return new Simulation(plan).run();
}
