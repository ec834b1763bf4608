/**
 * Wires one run: the only file that knows clock, workload, architecture and measurement together.
 */
import { lastValueFrom, type Observable, type SchedulerLike, Subscriber, timer } from 'rxjs';
import type { Site } from './architectures/architecture.ts';
import { EventStream } from './events/event-stream.ts';
import {
  type EventStreams,
  eventStreams,
  requestEvent,
  type SimulationEvents,
} from './events/simulation-events.ts';
import { Recorder } from './metrics/recorder.ts';
import { reportOf } from './metrics/report.ts';
import type { SimulationPlan } from './plan.ts';
import { GpuPool, type GpuPoolSpec } from './pool/gpu-pool.ts';
import { type RequestSlot, RequestTable } from './records/request-table.ts';
import type { SimulationResult } from './result.ts';
import { VirtualClock } from './time/virtual-clock.ts';
import { validatePlan } from './validate-plan.ts';
import { arrivals } from './workload/arrivals.ts';

/** Events handled between two looks at the outside world, a few milliseconds of work. */
const SLICE_EVENTS = 20_000;

/** How far a run is. */
export interface Progress {
  /** Virtual seconds. */
  readonly time_s: number;
  /** Share of the run that is done, from 0 to 1. */
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
 * run.events.firstTokens.pipe(take(1)).subscribe(({ time_s, id }) => report(time_s, id));
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
  readonly #until_s: number;
  readonly #clock = new VirtualClock();
  readonly #requests = new RequestTable();
  readonly #events: EventStreams;
  readonly #progress: EventStream<Progress>;
  readonly #recorder: Recorder;
  readonly #pools: GpuPool[] = [];
  #arrivals = 0;
  #lastArrival_s = 0;
  #cancelled = false;
  #done = false;
  #result: SimulationResult | null = null;

  /** @throws RangeError when the plan cannot be run. */
  constructor(plan: SimulationPlan) {
    validatePlan(plan);
    const fail = (error: unknown): void => this.#clock.fail(error);
    this.#plan = plan;
    this.#until_s = plan.sim_seconds ?? Number.POSITIVE_INFINITY;
    this.#events = eventStreams(fail);
    this.#progress = new EventStream(fail);
    this.#recorder = new Recorder(plan, this.#requests);
    this.clock = this.#clock;
    this.events = this.#events;
    this.progress = this.#progress;
    this.#assemble();
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
    return this.#cancelling(signal, async () => {
      while (!this.advance(events_per_slice).done) await pause();
      return this.result();
    });
  }

  /** Handles at most `events` further events. */
  advance(events: number): Progress {
    if (!this.#done) {
      const handled = this.#clock.run(this.#until_s, events);
      if (handled < events || this.#clock.stopped) this.#finish();
    }
    const progress = this.#progressNow();
    this.#progress.emit(progress);
    if (this.#done) this.#progress.complete();
    return progress;
  }

  /** Ends the run after the event being handled; the result then covers what has happened. */
  cancel(): void {
    if (this.#done) return;
    this.#cancelled = true;
    this.#clock.stop();
  }

  /** What was measured. @throws Error while the run is not done. */
  result(): SimulationResult {
    if (this.#result === null) throw new Error('The run is not done: call run(), or advance() until done');
    return this.#result;
  }

  #assemble(): void {
    const site: Site = {
      clock: this.#clock,
      requests: this.#requests,
      events: this.#events,
      warmup_seconds: this.#plan.warmup_seconds ?? 0,
      until_s: this.#until_s,
      pool: (spec) => this.#addPool(spec, site),
      reject: (slot) => this.#reject(slot),
    };
    const entering = arrivals(this.#plan.workload, this.#plan.seed ?? 0, site, (time_s) => {
      this.#arrivals++;
      this.#lastArrival_s = time_s;
    });
    this.#plan.architecture.flow(entering, site).subscribe(
      new Exit(
        (slot) => this.#complete(slot),
        (error) => this.#clock.fail(error),
        () => {
          if (this.#until_s === Number.POSITIVE_INFINITY) this.#clock.stop();
        },
      ),
    );
  }

  #addPool(spec: GpuPoolSpec, site: Site): GpuPool {
    if (this.#pools.some(({ name }) => name === spec.name))
      throw new Error(`There are two pools named ${spec.name}`);
    const pool = new GpuPool(spec, site, this.#pools.length);
    this.#pools.push(pool);
    return pool;
  }

  #complete(slot: RequestSlot): void {
    const now = this.#clock.now();
    if (!((this.#requests.completed_s[slot] ?? Number.NaN) <= now)) {
      throw new Error(
        `Request ${this.#requests.id[slot]} left the flow at ${now} s without having been decoded`,
      );
    }
    const { completions } = this.#events;
    if (completions.observed) completions.emit(requestEvent(this.#requests, slot, now, this.#poolOf(slot)));
    this.#recorder.complete(slot);
    this.#requests.release(slot);
  }

  #reject(slot: RequestSlot): void {
    const now = this.#clock.now();
    const { rejections } = this.#events;
    if (rejections.observed) rejections.emit(requestEvent(this.#requests, slot, now, null));
    this.#recorder.reject(slot, now);
    this.#requests.release(slot);
  }

  #poolOf(slot: RequestSlot): string | null {
    return this.#pools[this.#requests.decode_pool[slot] ?? -1]?.name ?? null;
  }

  #finish(): void {
    this.#done = true;
    const end_s =
      this.#cancelled || this.#until_s === Number.POSITIVE_INFINITY ? this.#clock.now() : this.#until_s;
    for (const stream of Object.values(this.#events)) stream.complete();
    for (const slot of this.#requests.slots()) this.#recorder.leaveInFlight(slot, end_s);
    const { ttft_s, log } = this.#recorder;
    const facts = {
      finished: !this.#cancelled,
      end_s,
      arrivals: this.#arrivals,
      last_arrival_s: this.#lastArrival_s,
    };
    this.#result = {
      report: reportOf(this.#plan, facts, this.#recorder, this.#pools),
      ttft_s: ttft_s.values?.() ?? null,
      requests: log?.finish() ?? null,
    };
  }

  #progressNow(): Progress {
    const { workload } = this.#plan;
    const time_s = this.#clock.now();
    const expected =
      workload.kind === 'replay' ? workload.arrival_s.length : (workload.max_requests ?? Number.NaN);
    const fraction =
      this.#until_s < Number.POSITIVE_INFINITY ? time_s / this.#until_s : this.#arrivals / expected;
    return {
      time_s,
      fraction: this.#done ? 1 : fraction,
      arrivals: this.#arrivals,
      completed: this.#recorder.completed,
      done: this.#done,
    };
  }

  #cancelling<T>(signal: CancelSignal | undefined, work: () => T): T {
    if (signal === undefined) return work();
    const cancel = (): void => this.cancel();
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel);
    const forget = (): void => signal.removeEventListener('abort', cancel);
    const outcome = work();
    if (outcome instanceof Promise) outcome.then(forget, forget);
    else forget();
    return outcome;
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

/** The end of the flow: a plain Subscriber, so that exceptions reach the clock. */
class Exit extends Subscriber<RequestSlot> {
  readonly #complete: (slot: RequestSlot) => void;
  readonly #fail: (error: unknown) => void;
  readonly #end: () => void;

  constructor(complete: (slot: RequestSlot) => void, fail: (error: unknown) => void, end: () => void) {
    super();
    this.#complete = complete;
    this.#fail = fail;
    this.#end = end;
  }

  protected override _next(slot: RequestSlot): void {
    this.#complete(slot);
  }

  protected override _error(error: unknown): void {
    this.#fail(error);
  }

  protected override _complete(): void {
    this.#end();
  }
}
