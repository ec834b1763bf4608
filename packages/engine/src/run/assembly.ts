/**
 * One run put together: clock, requests, streams, pools, architecture and measurement. The only file that knows
 * them all; it knows no slices, no signals and no promises.
 */
import { isObservable } from 'rxjs';
import type { Site } from '../architectures/architecture.ts';
import { EventStreams, requestEvent } from '../events/simulation-events.ts';
import { given } from '../given.ts';
import type { GapTally } from '../metrics/gap-tally.ts';
import { LinkMeter } from '../metrics/link-meter.ts';
import { Recorder } from '../metrics/recorder.ts';
import { type MeteredLink, type MeteredPool, reportOf } from '../metrics/report.ts';
import type { SimulationPlan } from '../plan.ts';
import { GpuPool, type GpuPoolSpec } from '../pool/gpu-pool.ts';
import type { Uniform } from '../random/distribution.ts';
import { uniformStream } from '../random/streams.ts';
import type { PrefixBlocks } from '../records/prefix-blocks.ts';
import { type RequestSlot, RequestTable } from '../records/request-table.ts';
import { ReplicaPool, type ReplicaPoolSpec } from '../replica/replica-pool.ts';
import type { SimulationResult } from '../result.ts';
import { VirtualClock } from '../time/virtual-clock.ts';
import type { LinkSpec } from '../transfer/link-spec.ts';
import { type Arrivals, arrivals } from '../workload/arrivals.ts';
import { Exit } from './exit.ts';
import { keep } from './kept-runs.ts';

/** A run that had more requests in the system at once is too large to be kept. */
const KEPT_ROWS = 65_536;

export class Assembly implements Site {
  readonly clock: VirtualClock = new VirtualClock();
  readonly requests: RequestTable = new RequestTable();
  readonly events: EventStreams;
  readonly prefixes: PrefixBlocks | null;
  readonly warmup_seconds: number;
  readonly until_s: number;
  /** Requests that have arrived. */
  arrived = 0;

  readonly #plan: SimulationPlan;
  readonly #recorder: Recorder;
  readonly #pools: MeteredPool[] = [];
  readonly #links: MeteredLink[] = [];
  readonly #arrivals: Arrivals;
  #lastArrival_s = Number.NaN;

  constructor(plan: SimulationPlan) {
    // NaN before, so that it is a fraction from the start: see Decisions in ARCHITECTURE.md.
    this.#lastArrival_s = 0;
    this.#plan = plan;
    this.prefixes = plan.workload.kind === 'replay' ? (plan.workload.hash_ids ?? null) : null;
    this.warmup_seconds = plan.warmup_seconds ?? 0;
    this.until_s = plan.sim_seconds ?? Number.POSITIVE_INFINITY;
    this.events = new EventStreams((error) => this.clock.fail(error));
    this.#recorder = new Recorder(plan, this.requests);
    this.#arrivals = arrivals(plan.workload, plan.seed ?? 0, this, (time_s) => {
      this.arrived++;
      this.#lastArrival_s = time_s;
    });
    const flow = plan.architecture.flow(this.#arrivals.requests, this);
    if (!isObservable(flow)) {
      const { mode } = plan.architecture;
      throw new RangeError(
        `The flow of architecture ${mode} must return arrivals.pipe(…), gave ${given(flow)}`,
      );
    }
    flow.subscribe(
      new Exit({
        completed: (slot) => this.#complete(slot),
        failed: (error) => this.clock.fail(error),
        drained: () => this.#drained(),
      }),
    );
  }

  get completed(): number {
    return this.#recorder.completed;
  }

  get gaps(): GapTally {
    return this.#recorder.itl_s;
  }

  uniform(name: string): Uniform {
    return uniformStream(this.#plan.seed ?? 0, name);
  }

  pool(spec: GpuPoolSpec): GpuPool {
    return this.#enter(new GpuPool(spec, this, this.#pools.length));
  }

  replicas(spec: ReplicaPoolSpec): ReplicaPool {
    return this.#enter(new ReplicaPool(spec, this, this.#pools.length));
  }

  link(spec: LinkSpec): LinkMeter {
    const meter = new LinkMeter(this.warmup_seconds);
    this.#links.push({ spec, meter });
    return meter;
  }

  reject(slot: RequestSlot): void {
    const now = this.clock.now();
    const { rejections } = this.events;
    if (rejections.observed) rejections.emit(requestEvent(this.requests, slot, now, null));
    this.#recorder.reject(slot);
    this.requests.release(slot);
    this.#arrivals.left();
  }

  /** Handles at most `events` further events and says whether the run is over. */
  advance(events: number): boolean {
    return this.clock.run(this.until_s, events) < events || this.clock.stopped;
  }

  /** Accounts for what is still in the system and reads the measurements. */
  close(finished: boolean): SimulationResult {
    const drained = this.until_s === Number.POSITIVE_INFINITY;
    const end_s = finished && !drained ? this.until_s : this.clock.now();
    for (const stream of Object.values(this.events)) stream.complete();
    this.clock.throwIfFailed();
    for (const pool of this.#pools) pool.stop?.(end_s);
    this.#recorder.settle();
    for (const slot of this.requests.slots()) this.#recorder.leaveInFlight(slot, end_s);
    const facts = { finished, end_s, arrivals: this.arrived, last_arrival_s: this.#lastArrival_s };
    const result = {
      report: reportOf(this.#plan, facts, this.#recorder, { pools: this.#pools, links: this.#links }),
      ttft_s: this.#recorder.ttft_s.values?.() ?? null,
      requests: this.#recorder.log?.finish() ?? null,
    };
    this.#recorder.forget();
    if (this.requests.rows <= KEPT_ROWS) keep(this.#kind(), this);
    return result;
  }

  /** Runs of one kind are made of the same classes. */
  #kind(): string {
    const { architecture, quantiles } = this.#plan;
    return [architecture.mode, quantiles, ...this.#pools.map((pool) => pool.constructor.name)].join();
  }

  #enter<P extends MeteredPool>(pool: P): P {
    if (this.#pools.some(({ name }) => name === pool.name))
      throw new Error(`There are two pools named ${pool.name}`);
    this.#pools.push(pool);
    this.#recorder.addPool();
    return pool;
  }

  #complete(slot: RequestSlot): void {
    const now = this.clock.now();
    if (!((this.requests.completed_s[slot] ?? Number.NaN) <= now)) {
      throw new Error(
        `Request ${this.requests.id[slot]} left the flow at ${now} s without having been decoded: end it behind a pool that decodes and whose work writes completed_s`,
      );
    }
    const { completions } = this.events;
    if (completions.observed) {
      const { decode_pool, prefill_pool } = this.requests;
      const pool = this.#pools[decode_pool[slot] ?? -1] ?? this.#pools[prefill_pool[slot] ?? -1];
      completions.emit(requestEvent(this.requests, slot, now, pool?.name ?? null));
    }
    this.#recorder.complete(slot);
    this.#arrivals.left();
  }

  /** The last request has left: a run without a given end is over. */
  #drained(): void {
    if (this.until_s === Number.POSITIVE_INFINITY) this.clock.stop();
  }
}
