/**
 * A pool of identical GPUs with one queue: each request holds a whole GPU for its service.
 * The only owner of busy state. Knows no workload and no other pool.
 *
 * A free GPU takes the head of the queue at once: within an instant events come in (phase, id) order, so a queue
 * without an order of its own is FIFO with ties by request id.
 */
import { PoolMeter } from '../metrics/pool-meter.ts';
import type { QueueOrder } from '../policies/queue-order.ts';
import type { RequestSlot } from '../records/request-table.ts';
import type { RunSite } from '../run-site.ts';
import { RankedSlots } from './ranked-slots.ts';
import { ServiceCourse } from './service-course.ts';
import { SlotRing } from './slot-ring.ts';
import type { Work } from './work.ts';

export interface GpuPoolSpec {
  /** Names the pool in reports and events. */
  readonly name: string;
  /** GPUs, whole and at least 1. */
  readonly gpus: number;
  readonly work: Work;
  /** Who of the waiting is served next. Absent: first in, first out. */
  readonly order?: QueueOrder | undefined;
}

export class GpuPool {
  readonly name: string;
  readonly gpus: number;
  readonly meter: PoolMeter;

  readonly #site: RunSite;
  readonly #work: Work;
  readonly #index: number;
  /** Replaced where there is an order; compiled code is faster for a field that never changes its kind. */
  readonly #queue: SlotRing | RankedSlots = new SlotRing();
  /** Free GPUs; the last freed is taken first. */
  readonly #free: Int32Array;
  #freeCount: number;
  readonly #course: ServiceCourse;
  #next: ((slot: RequestSlot) => void) | null = null;

  /** Use `site.pool(spec)`, which also enters the pool into the report. */
  constructor(spec: GpuPoolSpec, site: RunSite, index: number) {
    if (!(Number.isInteger(spec.gpus) && spec.gpus >= 1)) {
      throw new RangeError(`Pool ${spec.name}: gpus must be a whole number of at least 1, got ${spec.gpus}`);
    }
    this.name = spec.name;
    this.gpus = spec.gpus;
    this.#work = spec.work;
    this.#site = site;
    if (spec.order !== undefined) {
      this.#queue = new RankedSlots(spec.name, spec.order, site.requests, () => site.clock.now());
    }
    this.#index = index;
    this.meter = new PoolMeter(site.warmup_seconds, site.until_s);
    this.#free = Int32Array.from({ length: spec.gpus }, (_, gpu) => spec.gpus - 1 - gpu);
    this.#freeCount = spec.gpus;
    this.#course = new ServiceCourse(site, spec.name, spec.work.stage, (slot) => this.#end(slot));
  }

  /** Requests waiting now. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** GPUs serving now. */
  get busy(): number {
    return this.gpus - this.#freeCount;
  }

  /** Nobody waits and nobody is served. */
  get idle(): boolean {
    return this.#queue.length === 0 && this.#freeCount === this.gpus;
  }

  /** Where requests go when their service ends. */
  deliverTo(next: (slot: RequestSlot) => void): void {
    if (this.#next !== null) throw new Error(`Pool ${this.name} stands in the flow twice`);
    this.#next = next;
  }

  /** A request joins the queue now. */
  accept(slot: RequestSlot): void {
    this.meter.advance(this.#site.clock.now());
    if (this.#freeCount > 0) {
      this.#begin(slot);
    } else {
      this.#queue.push(slot);
      this.meter.waiting = this.#queue.length;
    }
    this.#publishState();
  }

  #begin(slot: RequestSlot): void {
    const { clock, events, requests } = this.#site;
    const { stage } = this.#work;
    requests.gpu[slot] = this.#free[--this.#freeCount] ?? 0;
    this.meter.busy = this.gpus - this.#freeCount;
    requests.service_end_s[slot] = this.#work.begin(requests, slot, clock.now());
    if (stage !== 'decode') requests.prefill_pool[slot] = this.#index;
    if (stage !== 'prefill') requests.decode_pool[slot] = this.#index;
    if (events.serviceStarts.observed) events.serviceStarts.emit(this.#course.event(slot));
    this.#course.begin(slot);
  }

  #end(slot: RequestSlot): void {
    this.meter.advance(this.#site.clock.now());
    this.#free[this.#freeCount++] = this.#site.requests.gpu[slot] ?? 0;
    this.meter.busy = this.gpus - this.#freeCount;
    if (this.#queue.length > 0) {
      const head = this.#queue.shift();
      this.meter.waiting = this.#queue.length;
      this.#begin(head);
    }
    this.#publishState();
    this.#next?.(slot);
  }

  #publishState(): void {
    const { clock, events } = this.#site;
    if (!events.poolStates.observed) return;
    const { busy, waiting } = this.meter;
    events.poolStates.emit({ time_s: clock.now(), pool: this.name, busy, waiting });
  }
}
