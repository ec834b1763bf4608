/**
 * Where requests enter the system: ids in order of entering, a row each, the arrival event.
 * Knows neither when they come nor what they are made of.
 */
import type { Subscriber } from 'rxjs';
import type { RequestSlot } from '../records/request-table.ts';
import type { RunSite } from '../run-site.ts';

export class Entrance {
  readonly #site: RunSite;
  readonly #arrived: (time_s: number) => void;
  readonly #flow: Subscriber<RequestSlot>;
  #entered = 0;

  /** `arrived` is told of each request, `flow` takes them. */
  constructor(site: RunSite, arrived: (time_s: number) => void, flow: Subscriber<RequestSlot>) {
    this.#site = site;
    this.#arrived = arrived;
    this.#flow = flow;
  }

  /** Requests that have entered: the id of the next. */
  get entered(): number {
    return this.#entered;
  }

  /** Takes up a request that arrives now; `pass` it on afterwards. */
  admit(arrival_s: number, prompt_tokens: number, output_tokens: number, session: number): RequestSlot {
    const { requests, events } = this.#site;
    const id = this.#entered++;
    const slot = requests.admit(id, arrival_s, prompt_tokens, output_tokens, session);
    if (events.arrivals.observed) {
      events.arrivals.emit({
        time_s: arrival_s,
        id,
        arrival_s,
        prompt_tokens,
        output_tokens,
        pool: null,
        gpu: -1,
      });
    }
    this.#arrived(arrival_s);
    return slot;
  }

  pass(slot: RequestSlot): void {
    this.#flow.next(slot);
  }

  /** Nobody enters any more. */
  close(): void {
    this.#flow.complete();
  }
}
