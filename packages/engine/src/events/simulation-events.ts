/**
 * The Observables of one run, in order of virtual time.
 * Knows what is published, not who publishes it.
 */
import type { Observable } from 'rxjs';
import type { RequestSlot, RequestTable } from '../records/request-table.ts';
import { EventStream } from './event-stream.ts';

/** Something that happened to one request. */
export interface RequestEvent {
  readonly time_s: number;
  readonly id: number;
  readonly arrival_s: number;
  readonly prompt_tokens: number;
  readonly output_tokens: number;
  /** The pool it is in, null at arrival and when it is turned away. */
  readonly pool: string | null;
  /** Its GPU or replica within the pool, from 0, also of the one that turns it away; −1 at arrival. */
  readonly gpu: number;
}

/** What a pool holds from `time_s` on. */
export interface PoolState {
  readonly time_s: number;
  readonly pool: string;
  /** Busy GPUs: all of a replica while it runs a step. */
  readonly busy: number;
  /** Requests waiting. */
  readonly waiting: number;
}

/** All complete when the run ends. A stream to which nobody subscribes costs nothing. */
export interface SimulationEvents {
  readonly arrivals: Observable<RequestEvent>;
  readonly rejections: Observable<RequestEvent>;
  /** A GPU takes a request, or a replica first admits it to its batch, in any pool. */
  readonly serviceStarts: Observable<RequestEvent>;
  readonly prefillEnds: Observable<RequestEvent>;
  readonly firstTokens: Observable<RequestEvent>;
  readonly completions: Observable<RequestEvent>;
  readonly poolStates: Observable<PoolState>;
}

/** The same streams from the publishing side. */
export class EventStreams implements SimulationEvents {
  readonly arrivals: EventStream<RequestEvent>;
  readonly rejections: EventStream<RequestEvent>;
  readonly serviceStarts: EventStream<RequestEvent>;
  readonly prefillEnds: EventStream<RequestEvent>;
  readonly firstTokens: EventStream<RequestEvent>;
  readonly completions: EventStream<RequestEvent>;
  readonly poolStates: EventStream<PoolState>;

  /** What a subscriber throws goes to `fail`. */
  constructor(fail: (error: unknown) => void) {
    this.arrivals = new EventStream(fail);
    this.rejections = new EventStream(fail);
    this.serviceStarts = new EventStream(fail);
    this.prefillEnds = new EventStream(fail);
    this.firstTokens = new EventStream(fail);
    this.completions = new EventStream(fail);
    this.poolStates = new EventStream(fail);
  }
}

/** The event of a request that is in the system. */
export const requestEvent = (
  requests: RequestTable,
  slot: RequestSlot,
  time_s: number,
  pool: string | null,
): RequestEvent => ({
  time_s,
  id: requests.id[slot] ?? -1,
  arrival_s: requests.arrival_s[slot] ?? 0,
  prompt_tokens: requests.prompt_tokens[slot] ?? 0,
  output_tokens: requests.output_tokens[slot] ?? 0,
  pool,
  gpu: requests.gpu[slot] ?? -1,
});
