/**
 * A pool of replicas behind a router: requests go to a replica, are batched there and go on.
 * The only owner of replicas' wake-ups. Knows no batching and no other pool.
 *
 * Router and meters are to hear of a step's end, its effects and the next step in one order, so that stands in one file.
 */
import { BatchMeter } from '../metrics/batch-meter.ts';
import { PoolMeter } from '../metrics/pool-meter.ts';
import { Router } from '../policies/router.ts';
import type { RoutingOptions } from '../policies/routing.ts';
import type { RequestSlot } from '../records/request-table.ts';
import type { RunSite } from '../run-site.ts';
import { Phase } from '../time/phases.ts';
import { BatchColumns } from './batch-columns.ts';
import { checkReplicaSpec } from './check-replica-spec.ts';
import { Milestones } from './milestones.ts';
import { PoolOfReplica, PoolTold } from './pool-told.ts';
import { PrefixKeys } from './prefix-keys.ts';
import { type ChunkWatcher, PromptChunks } from './prompt-chunks.ts';
import { Replica } from './replica.ts';
import type { ReplicaSpec, ReplicaStage } from './replica-spec.ts';

export interface ReplicaPoolSpec extends RoutingOptions {
  /** Names the pool in reports and events. */
  readonly name: string;
  /** Replicas, whole and at least 1. */
  readonly replicas: number;
  readonly replica: ReplicaSpec;
  readonly stage: ReplicaStage;
}

export class ReplicaPool {
  readonly name: string;
  /** Number of replicas. */
  readonly replicas: number;
  /** GPUs of all replicas. */
  readonly gpus: number;
  readonly meter: PoolMeter;
  readonly batches: BatchMeter;

  readonly #site: RunSite;
  /** Of the events of replica 0: earlier pools come first, then earlier replicas. */
  readonly #firstRank: number;
  readonly #replicas: readonly Replica[];
  readonly #told: PoolTold;
  /** Whether a replica's next look at its queue is scheduled. */
  readonly #called: Uint8Array;
  readonly #stepEnd: number;
  readonly #dispatch: number;
  readonly #router: Router;
  /** Its levels as they were told last. */
  readonly #published = { busy: 0, waiting: 0 };
  #comesRouted = false;

  /** Use `site.replicas(spec)`, which also enters the pool into the report. */
  constructor(spec: ReplicaPoolSpec, site: RunSite, index: number) {
    if (!(Number.isInteger(spec.replicas) && spec.replicas >= 1)) {
      throw new RangeError(
        `Pool ${spec.name}: replicas must be a whole number of at least 1, got ${spec.replicas}`,
      );
    }
    checkReplicaSpec(spec.name, spec.replica, spec.stage);
    const { tensor_parallel_size = 1, num_gpu_blocks = Number.POSITIVE_INFINITY } = spec.replica;
    this.name = spec.name;
    this.replicas = spec.replicas;
    this.gpus = spec.replicas * tensor_parallel_size;
    this.#site = site;
    this.#firstRank = index * RANKS_A_POOL;
    this.meter = new PoolMeter(site.warmup_seconds, site.until_s);
    const { enable_prefix_caching = false, preemption, host_link } = spec.replica;
    this.batches = new BatchMeter(spec.replicas, num_gpu_blocks, site.warmup_seconds, site.gaps, {
      caches: enable_prefix_caching,
      host_bytes_per_s: preemption === 'swap' ? (host_link?.bandwidth_bytes_per_s ?? null) : null,
    });
    const { prefixes } = site;
    const keys = prefixes === null ? null : new PrefixKeys(prefixes, spec.replica.block_size);
    const columns = new BatchColumns();
    const milestones = new Milestones(site, spec.name, index, spec.stage);
    const told = new PoolTold(site.clock, columns, this.meter, this.batches, milestones);
    this.#told = told;
    this.#called = new Uint8Array(spec.replicas);
    this.#replicas = Array.from(
      { length: spec.replicas },
      (_, replica) =>
        new Replica(spec.replica, spec.stage, site.requests, columns, new PoolOfReplica(told, replica), keys),
    );
    const untold = (at: number, instant: number, inclusive: boolean): number =>
      this.#replicas[at]?.untoldTokens(instant, inclusive) ?? 0;
    this.#router = new Router(spec.name, spec.replicas, spec, site, {
      untold,
      caches: enable_prefix_caching && keys !== null ? this.#replicas : null,
    });
    told.router = this.#router;
    this.#stepEnd = site.clock.handler((replica) => this.#endStep(replica));
    this.#dispatch = site.clock.handler((replica) => this.#wake(replica));
  }

  /** Requests waiting now, at all replicas. */
  get waiting(): number {
    return this.meter.waiting;
  }

  /** Requests running now, on all replicas. */
  get running(): number {
    return this.#replicas.reduce((sum, replica) => sum + replica.running, 0);
  }

  /** Nobody waits and nobody runs. */
  get idle(): boolean {
    return this.#replicas.every((replica) => replica.empty);
  }

  /** Engine steps taken by all replicas. */
  get steps(): number {
    return this.#replicas.reduce((sum, replica) => sum + replica.steps, 0);
  }

  /** Where requests go when they leave their replica. */
  deliverTo(next: (slot: RequestSlot) => void): void {
    if (this.#told.next !== null) throw new Error(`Pool ${this.name} stands in the flow twice`);
    this.#told.next = next;
  }

  /** Whoever brings requests here has chosen their replica: `batchedBy` then does not route them again. */
  get comesRouted(): boolean {
    return this.#comesRouted;
  }

  /** Whoever brings requests here says that it chooses their replica, with `route` or `choose`. */
  expectRouted(): void {
    this.#comesRouted = true;
  }

  /** The blocks of requests that leave stay taken until `release`; otherwise they are free at once. */
  keepBlocks(): void {
    for (const replica of this.#replicas) replica.keeps_blocks = true;
  }

  /** Chooses the replica for a request now. The request may still be on its way. */
  route(slot: RequestSlot): void {
    this.#site.requests.gpu[slot] = this.choose(slot);
  }

  /** Chooses the replica for a request that another pool still holds, and says which. */
  choose(slot: RequestSlot): number {
    return this.#router.route(slot);
  }

  /** A request on its way to replica `at` has got its first token since that was chosen. */
  firstTokenCame(at: number): void {
    this.#router.cameOut(at, 1);
  }

  /** A routed request arrives at its replica; one that could never run there is rejected. */
  accept(slot: RequestSlot): void {
    const at = this.#site.requests.gpu[slot] ?? 0;
    const replica = this.#replicas[at];
    if (replica === undefined) {
      throw new Error(
        `A request comes to pool ${this.name} without a replica: use batchedBy(pool) in the flow`,
      );
    }
    if (!replica.fits(slot)) {
      this.batches.rejected++;
      this.#router.rejected(slot, at);
      this.#site.reject(slot);
      return;
    }
    const sooner = replica.enqueue(slot, this.#site.clock.now());
    this.#publishState();
    if (sooner) this.#expectEnd(at, replica);
    else if (!replica.stepping) this.#call(at);
  }

  /**
   * Replica `at` holds the KV blocks of a request's first step there, of `tokens` in all, as soon as it can, first come
   * first served; `granted` is told. For one that could never run there it holds none.
   */
  reserve(slot: RequestSlot, at: number, tokens: number, granted: (slot: RequestSlot) => void): void {
    const replica = this.#replicas[at];
    if (replica === undefined || !replica.fits(slot)) {
      granted(slot);
      return;
    }
    this.#told.granted = granted;
    const now = this.#site.clock.now();
    if (replica.reserve(slot, tokens, now)) this.#expectEnd(at, replica);
    this.batches.changed(at, replica, now);
  }

  /** `watcher` is told of every chunk of a prompt when the step begins that computes it. */
  watchChunks(watcher: ChunkWatcher): void {
    this.#told.chunks = new PromptChunks(watcher);
  }

  /** The blocks of a request that left this pool's replica `at` come back. */
  release(slot: RequestSlot, at: number): void {
    const replica = this.#replicas[at];
    if (replica === undefined) return;
    this.#router.settleCache(at);
    replica.release(slot);
    this.batches.changed(at, replica, this.#site.clock.now());
    if (replica.asleep && !replica.empty) this.#call(at);
  }

  /** The run ends at `end_s`: accounts for the steps under way. */
  stop(end_s: number): void {
    for (const replica of this.#replicas) {
      if (replica.stepping) this.batches.stop(replica, end_s);
    }
  }

  /** A replica looks at its queue now, and may find nothing there. */
  #wake(at: number): void {
    this.#called[at] = 0;
    const replica = this.#replicas[at];
    if (replica === undefined) return;
    this.#router.settleCache(at);
    if (this.#beginStep(at, replica)) this.#expectEnd(at, replica);
  }

  /** A step ends now, unless it was cut short since this was scheduled; so do those after it while nothing else comes. */
  #endStep(at: number): void {
    const { clock } = this.#site;
    const replica = this.#replicas[at];
    if (replica === undefined || !replica.stepping || replica.end_s !== clock.now()) return;
    do {
      if (!this.#follow(at, replica)) return;
    } while (clock.goOn(replica.end_s, Phase.completion, this.#firstRank + at));
    this.#expectEnd(at, replica);
  }

  /** Ends the step under way and begins the next; says whether there is one already. */
  #follow(at: number, replica: Replica): boolean {
    const { clock } = this.#site;
    const now = clock.now();
    replica.grow();
    this.batches.ends(replica, now);
    this.#router.settle(at);
    this.#router.cameOut(at, replica.underWay.count * replica.decoding);
    replica.end();
    if (clock.quiet) return this.#beginStep(at, replica);
    // Whoever else arrives at this instant is to be seen by the next step.
    this.batches.changed(at, replica, now);
    this.#call(at);
    return false;
  }

  /** Starts the next step, the router being settled; says whether there is one. */
  #beginStep(at: number, replica: Replica): boolean {
    const now = this.#site.clock.now();
    replica.begin(now);
    this.batches.changed(at, replica, now);
    this.#publishState();
    if (replica.asleep) return false;
    const { chunks } = this.#told;
    if (chunks !== null) this.#tellChunks(chunks, replica, now);
    return true;
  }

  #tellChunks(chunks: PromptChunks, replica: Replica, now: number): void {
    replica.eachGrowth((slot, before, after) => chunks.begins(slot, before, after, now, replica.end_s));
  }

  #call(at: number): void {
    if (this.#called[at] === 1) return;
    this.#called[at] = 1;
    const { clock } = this.#site;
    clock.at(clock.now(), Phase.dispatch, this.#firstRank + at, this.#dispatch, at);
  }

  #expectEnd(at: number, replica: Replica): void {
    this.#site.clock.at(replica.end_s, Phase.completion, this.#firstRank + at, this.#stepEnd, at);
  }

  /** Tells what the pool holds from now on, if that is new. */
  #publishState(): void {
    const { clock, events } = this.#site;
    if (!events.poolStates.observed) return;
    const { busy, waiting } = this.meter;
    if (busy === this.#published.busy && waiting === this.#published.waiting) return;
    this.#published.busy = busy;
    this.#published.waiting = waiting;
    const gpusEach = this.gpus / this.#replicas.length;
    events.poolStates.emit({ time_s: clock.now(), pool: this.name, busy: busy * gpusEach, waiting });
  }
}

/** Most replicas in a pool. */
const RANKS_A_POOL = 2 ** 24;
