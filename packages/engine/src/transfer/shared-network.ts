/**
 * Transfers that share network cards and a fabric, on the virtual clock.
 * Knows flows and their bytes; knows no requests beyond slot and id, and no pools.
 *
 * Whenever a flow joins or ends, all get new max–min fair rates. Between two such instants rates are constant, so
 * one pending event is enough: the next end. A flow whose rate does not change is not touched, and no rate changes when
 * more bytes of a flow follow at once.
 */
import type { RequestSlot } from '../records/request-table.ts';
import { Phase } from '../time/phases.ts';
import type { VirtualClock } from '../time/virtual-clock.ts';
import { Flow } from './flow.ts';
import { maxMinRates } from './max-min.ts';

/** Whom a network tells. */
export interface NetworkWatcher {
  /** The last byte of a transfer has arrived; at equal times in order of id. */
  readonly ended: (slot: RequestSlot) => void;
  /** The bytes that follow now where those of a flow have moved, so that it goes on; 0 when it ends. */
  readonly more?: (slot: RequestSlot) => number;
  /** All transfers together get so many bytes a second from now on. */
  readonly rated?: (bytes_per_s: number) => void;
}

export class SharedNetwork {
  readonly #clock: VirtualClock;
  readonly #capacities: readonly number[];
  readonly #most: number;
  readonly #watcher: NetworkWatcher;
  readonly #next: number;
  /** Under way, by id. */
  #flows: Flow[] = [];
  /** The pending end is the one of this plan; ends of earlier plans are void. */
  #plan = 0;

  /** `capacities` of the resources and `most` for one flow in bytes a second. */
  constructor(clock: VirtualClock, capacities: readonly number[], most: number, watcher: NetworkWatcher) {
    this.#clock = clock;
    this.#capacities = capacities;
    this.#most = most;
    this.#watcher = watcher;
    this.#next = clock.handler((plan) => this.#end(plan));
  }

  /** Bytes start to flow now, over `resources`; none at all have arrived at once. */
  join(slot: RequestSlot, id: number, bytes: number, resources: readonly number[]): void {
    if (bytes === 0) {
      this.#watcher.ended(slot);
      return;
    }
    const flow = new Flow(slot, id, bytes, resources, this.#clock.now());
    const later = this.#flows.findIndex((other) => other.id > id);
    this.#flows.splice(later === -1 ? this.#flows.length : later, 0, flow);
    this.#rate();
  }

  /** What is left of a transfer does not move any more, if it is under way. */
  drop(id: number): void {
    const staying = this.#flows.filter((flow) => flow.id !== id);
    if (staying.length === this.#flows.length) return;
    this.#flows = staying;
    this.#rate();
  }

  /** What flows over each resource now, bytes a second. */
  loads(): Float64Array {
    const loads = new Float64Array(this.#capacities.length);
    for (const flow of this.#flows) {
      for (const resource of flow.resources) loads[resource] = (loads[resource] ?? 0) + flow.rate;
    }
    return loads;
  }

  #rate(): void {
    const now = this.#clock.now();
    const rates = maxMinRates(
      this.#flows.map(({ resources }) => resources),
      this.#capacities,
      this.#most,
    );
    let all = 0;
    for (let index = 0; index < this.#flows.length; index++) {
      const rate = rates[index] ?? 0;
      this.#flows[index]?.setRate(rate, now);
      all += rate;
    }
    this.#watcher.rated?.(all);
    this.#expectEnd();
  }

  #expectEnd(): void {
    let first: Flow | null = null;
    for (const flow of this.#flows) if (first === null || flow.end_s < first.end_s) first = flow;
    this.#plan = (this.#plan + 1) % MOST_PLANS;
    if (first !== null) this.#clock.at(first.end_s, Phase.transfer, first.id, this.#next, this.#plan);
  }

  #end(plan: number): void {
    if (plan !== this.#plan) return;
    const now = this.#clock.now();
    const ending: Flow[] = [];
    const staying: Flow[] = [];
    for (const flow of this.#flows) (this.#goesOn(flow, now) ? staying : ending).push(flow);
    if (ending.length === 0) {
      this.#expectEnd();
      return;
    }
    this.#flows = staying;
    this.#rate();
    for (const { slot } of ending) this.#watcher.ended(slot);
  }

  #goesOn(flow: Flow, now: number): boolean {
    if (flow.end_s > now) return true;
    const more = this.#watcher.more?.(flow.slot) ?? 0;
    if (more > 0) flow.refill(more, now);
    return more > 0;
  }
}

/** Plans are numbered round, within the payload of an event. */
const MOST_PLANS = 2 ** 31;
