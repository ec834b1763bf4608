/**
 * The course of a service on a GPU: the milestones somebody listens to, then the end.
 * Knows no queue and no free GPUs. A service has one pending event at a time, each scheduling the next.
 */
import { type RequestEvent, requestEvent } from '../events/simulation-events.ts';
import type { RequestSlot } from '../records/request-table.ts';
import type { RunSite } from '../run-site.ts';
import { Phase } from '../time/phases.ts';
import type { Work } from './work.ts';

export class ServiceCourse {
  readonly #site: RunSite;
  readonly #stage: Work['stage'];
  readonly #pool: string;
  readonly #prefillEnd: number;
  readonly #firstToken: number;
  readonly #end: number;

  /** `ended` is called with each request whose service ends, at that instant. */
  constructor(site: RunSite, pool: string, stage: Work['stage'], ended: (slot: RequestSlot) => void) {
    const { clock, events } = site;
    this.#site = site;
    this.#pool = pool;
    this.#stage = stage;
    this.#prefillEnd = clock.handler((slot) => {
      events.prefillEnds.emit(this.event(slot));
      this.#afterPrefill(slot);
    });
    this.#firstToken = clock.handler((slot) => {
      events.firstTokens.emit(this.event(slot));
      this.#untilEnd(slot);
    });
    this.#end = clock.handler(
      stage === 'prefill'
        ? (slot) => {
            if (events.prefillEnds.observed) events.prefillEnds.emit(this.event(slot));
            ended(slot);
          }
        : ended,
    );
  }

  /** Follows a service that begins now and whose instants are written in the request's row. */
  begin(slot: RequestSlot): void {
    const { events, requests } = this.#site;
    if (this.#stage === 'prefill') {
      this.#untilEnd(slot);
    } else if (this.#stage === 'prefill_and_decode' && events.prefillEnds.observed) {
      this.#schedule(requests.prefill_end_s[slot] ?? 0, Phase.milestone, this.#prefillEnd, slot);
    } else {
      this.#afterPrefill(slot);
    }
  }

  /** What happens now to a request of this pool. */
  event(slot: RequestSlot): RequestEvent {
    return requestEvent(this.#site.requests, slot, this.#site.clock.now(), this.#pool);
  }

  #afterPrefill(slot: RequestSlot): void {
    const { events, requests } = this.#site;
    if (events.firstTokens.observed) {
      this.#schedule(requests.first_token_s[slot] ?? 0, Phase.milestone, this.#firstToken, slot);
    } else {
      this.#untilEnd(slot);
    }
  }

  #untilEnd(slot: RequestSlot): void {
    this.#schedule(this.#site.requests.service_end_s[slot] ?? 0, Phase.completion, this.#end, slot);
  }

  #schedule(time_s: number, phase: Phase, handler: number, slot: RequestSlot): void {
    this.#site.clock.at(time_s, phase, this.#site.requests.id[slot] ?? 0, handler, slot);
  }
}
