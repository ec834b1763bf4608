/**
 * Writes down and publishes what happens to a request in a pool of replicas: admitted, prefilled, first token.
 * Knows no batching and no routing.
 */
import { type RequestEvent, requestEvent } from '../events/simulation-events.ts';
import type { RequestSlot } from '../records/request-table.ts';
import type { RunSite } from '../run-site.ts';
import type { ReplicaStage } from './replica-spec.ts';

export class Milestones {
  readonly #site: RunSite;
  readonly #pool: string;
  readonly #index: number;
  readonly #stage: ReplicaStage;

  /** `index` is that of the pool in the report. */
  constructor(site: RunSite, pool: string, index: number, stage: ReplicaStage) {
    this.#site = site;
    this.#pool = pool;
    this.#index = index;
    this.#stage = stage;
  }

  /** Replica `at` admits a request; only the first time counts as the start of its service. */
  scheduled(slot: RequestSlot, at: number): void {
    const { requests, events, clock } = this.#site;
    requests.gpu[slot] = at;
    const start = this.#stage === 'decode' ? requests.decode_start_s : requests.prefill_start_s;
    if (!Number.isNaN(start[slot] ?? 0)) return;
    start[slot] = clock.now();
    if (this.#stage !== 'decode') requests.prefill_pool[slot] = this.#index;
    if (this.#stage !== 'prefill') requests.decode_pool[slot] = this.#index;
    if (events.serviceStarts.observed) events.serviceStarts.emit(this.#event(slot));
  }

  prefilled(slot: RequestSlot): void {
    const { requests, events, clock } = this.#site;
    if (this.#stage === 'prefill_and_decode') {
      requests.decode_queued_s[slot] = clock.now();
      requests.decode_start_s[slot] = clock.now();
    }
    if (events.prefillEnds.observed) events.prefillEnds.emit(this.#event(slot));
  }

  firstToken(slot: RequestSlot): void {
    const { firstTokens } = this.#site.events;
    if (firstTokens.observed) firstTokens.emit(this.#event(slot));
  }

  /** Counted where tokens are produced: a prompt preempted while it is prefilled for others loses none. */
  preempted(slot: RequestSlot): void {
    const { preemptions } = this.#site.requests;
    if (this.#stage !== 'prefill') preemptions[slot] = (preemptions[slot] ?? 0) + 1;
  }

  #event(slot: RequestSlot): RequestEvent {
    return requestEvent(this.#site.requests, slot, this.#site.clock.now(), this.#pool);
  }
}
