/**
 * What the replicas of a pool tell, and who of the pool and beyond it is told: meters, router, milestones, watchers.
 * Knows no steps and no wake-ups.
 */
import type { BatchMeter } from '../metrics/batch-meter.ts';
import type { PoolMeter } from '../metrics/pool-meter.ts';
import type { Router } from '../policies/router.ts';
import type { RequestSlot } from '../records/request-table.ts';
import type { VirtualClock } from '../time/virtual-clock.ts';
import type { BatchColumns } from './batch-columns.ts';
import type { Milestones } from './milestones.ts';
import type { PromptChunks } from './prompt-chunks.ts';
import type { ReplicaHost } from './replica-spec.ts';

/** Who is told, by all replicas of a pool. */
export class PoolTold {
  readonly clock: VirtualClock;
  readonly columns: BatchColumns;
  readonly meter: PoolMeter;
  readonly batches: BatchMeter;
  readonly milestones: Milestones;
  /** Null until there are replicas, which it looks at. */
  router: Router | null = null;
  /** Of the chunks of prompts; null while nobody is told, like those below. */
  chunks: PromptChunks | null = null;
  /** Of blocks that were asked for and are held. */
  granted: ((slot: RequestSlot) => void) | null = null;
  /** Of requests that leave. */
  next: ((slot: RequestSlot) => void) | null = null;

  constructor(
    clock: VirtualClock,
    columns: BatchColumns,
    meter: PoolMeter,
    batches: BatchMeter,
    milestones: Milestones,
  ) {
    this.clock = clock;
    this.columns = columns;
    this.meter = meter;
    this.batches = batches;
    this.milestones = milestones;
  }
}

/** A pool as replica `at` sees it. */
export class PoolOfReplica implements ReplicaHost {
  readonly #told: PoolTold;
  readonly #at: number;

  constructor(told: PoolTold, at: number) {
    this.#told = told;
    this.#at = at;
  }

  found(prompt_tokens: number, found: number): void {
    this.#told.batches.admitted(this.#told.clock.now(), prompt_tokens, found);
  }

  copied(way: 'out' | 'in', bytes: number): void {
    this.#told.batches.copied(this.#told.clock.now(), way, bytes);
  }

  scheduled(slot: RequestSlot): void {
    this.#told.chunks?.admitted(slot);
    this.#told.milestones.scheduled(slot, this.#at);
  }

  reserved(slot: RequestSlot): void {
    this.#told.granted?.(slot);
  }

  prefilled(slot: RequestSlot): void {
    this.#told.milestones.prefilled(slot);
  }

  firstToken(slot: RequestSlot): void {
    this.#told.router?.cameOut(this.#at, 1);
    this.#told.milestones.firstToken(slot);
  }

  token(gap_s: number): void {
    this.#told.router?.cameOut(this.#at, 1);
    this.#told.batches.token(gap_s);
  }

  left(slot: RequestSlot): void {
    const { router, columns, next } = this.#told;
    router?.left(slot, this.#at, columns.generated[slot] ?? 0);
    next?.(slot);
  }

  preempted(slot: RequestSlot): void {
    const { columns, chunks, batches, clock, milestones } = this.#told;
    if (columns.computed[slot] === 0) chunks?.lost(slot);
    batches.preempted(clock.now());
    milestones.preempted(slot);
  }

  waiting(change: number): void {
    const { meter, clock } = this.#told;
    meter.advance(clock.now());
    meter.waiting += change;
  }

  busy(change: number): void {
    const { meter, clock } = this.#told;
    meter.advance(clock.now());
    meter.busy += change;
  }
}
