/**
 * A pool of identical GPUs with one FIFO queue: each request holds a whole GPU for its service.
 * The only owner of busy state. Knows no workload and no other pool.
 *
 * A free GPU takes the head of the queue at once: within an instant events come in (phase, id) order, so the queue
 * is FIFO with ties by request id.
 */
import type { Site } from '../architectures/architecture.ts';
import { type RequestEvent, requestEvent } from '../events/simulation-events.ts';
import { PoolMeter } from '../metrics/pool-meter.ts';
import type { RequestSlot } from '../records/request-table.ts';
import { Phase } from '../time/phases.ts';
import { SlotRing } from './slot-ring.ts';
import type { Work } from './work.ts';

export interface GpuPoolSpec {
  /** Names the pool in reports and events. */
  readonly name: string;
  /** GPUs, whole and at least 1. */
  readonly gpus: number;
  readonly work: Work;
}

export class GpuPool {
  readonly name: string;
  readonly gpus: number;
  readonly meter: PoolMeter;

  readonly #site: Site;
  readonly #work: Work;
  readonly #index: number;
  readonly #queue = new SlotRing();
  /** Free GPUs; the last freed is taken first. */
  readonly #free: Int32Array;
  #freeCount: number;
  readonly #endOfService: number;
  readonly #endOfPrefill: number;
  readonly #firstToken: number;
  #next: (slot: RequestSlot) => void = () => {};

  /** Use `site.pool(spec)`, which also enters the pool into the report. */
  constructor(spec: GpuPoolSpec, site: Site, index: number) {
    if (!(Number.isInteger(spec.gpus) && spec.gpus >= 1)) {
      throw new RangeError(`Pool ${spec.name}: gpus must be a whole number of at least 1, got ${spec.gpus}`);
    }
    this.name = spec.name;
    this.gpus = spec.gpus;
    this.#work = spec.work;
    this.#site = site;
    this.#index = index;
    this.meter = new PoolMeter(site.warmup_seconds, site.until_s);
    this.#free = Int32Array.from({ length: spec.gpus }, (_, gpu) => spec.gpus - 1 - gpu);
    this.#freeCount = spec.gpus;
    const { clock, events } = site;
    this.#endOfService = clock.handler((slot) => this.#end(slot));
    this.#endOfPrefill = clock.handler((slot) => events.prefillEnds.emit(this.#eventOf(slot)));
    this.#firstToken = clock.handler((slot) => events.firstTokens.emit(this.#eventOf(slot)));
  }

  /** Nobody waits and nobody is served. */
  get idle(): boolean {
    return this.#queue.length === 0 && this.#freeCount === this.gpus;
  }

  /** Where requests go when their service ends. */
  deliverTo(next: (slot: RequestSlot) => void): void {
    this.#next = next;
  }

  /** A request joins the queue now. */
  accept(slot: RequestSlot): void {
    this.meter.advance(this.#site.clock.now());
    if (this.#freeCount > 0) {
      this.#begin(slot);
    } else {
      this.#queue.push(slot);
      this.meter.wait(this.#queue.length);
    }
    this.#publishState();
  }

  #begin(slot: RequestSlot): void {
    const { clock, events, requests } = this.#site;
    const now = clock.now();
    const id = requests.id[slot] ?? 0;
    requests.gpu[slot] = this.#free[--this.#freeCount] ?? 0;
    this.meter.busy = this.gpus - this.#freeCount;
    const end_s = this.#work.begin(requests, slot, now);
    if (this.#work.stage !== 'decode') requests.prefill_pool[slot] = this.#index;
    if (this.#work.stage !== 'prefill') requests.decode_pool[slot] = this.#index;
    if (events.serviceStarts.observed) events.serviceStarts.emit(this.#eventOf(slot));
    if (this.#work.stage !== 'decode' && events.prefillEnds.observed) {
      clock.at(requests.prefill_end_s[slot] ?? now, Phase.milestone, id, this.#endOfPrefill, slot);
    }
    if (this.#work.stage !== 'prefill' && events.firstTokens.observed) {
      clock.at(requests.first_token_s[slot] ?? now, Phase.milestone, id, this.#firstToken, slot);
    }
    clock.at(end_s, Phase.completion, id, this.#endOfService, slot);
  }

  #end(slot: RequestSlot): void {
    this.meter.advance(this.#site.clock.now());
    this.#free[this.#freeCount++] = this.#site.requests.gpu[slot] ?? 0;
    this.meter.busy = this.gpus - this.#freeCount;
    if (this.#queue.length > 0) {
      const head = this.#queue.shift();
      this.meter.wait(this.#queue.length);
      this.#begin(head);
    }
    this.#publishState();
    this.#next(slot);
  }

  #eventOf(slot: RequestSlot): RequestEvent {
    return requestEvent(this.#site.requests, slot, this.#site.clock.now(), this.name);
  }

  #publishState(): void {
    const { clock, events } = this.#site;
    if (!events.poolStates.observed) return;
    const { busy, waiting } = this.meter;
    events.poolStates.emit({ time_s: clock.now(), pool: this.name, busy, waiting });
  }
}
