/**
 * What an architecture is: one pipe from arrivals to completions, built on a site.
 * Knows no particular architecture.
 */
import type { Observable } from 'rxjs';
import type { EventStreams } from '../events/simulation-events.ts';
import type { GpuPool, GpuPoolSpec } from '../pool/gpu-pool.ts';
import type { RequestSlot, RequestTable } from '../records/request-table.ts';
import type { VirtualClock } from '../time/virtual-clock.ts';

/** Where one run takes place: what an architecture may build on. */
export interface Site {
  readonly clock: VirtualClock;
  readonly requests: RequestTable;
  readonly events: EventStreams;
  /** The measurement window opens here, seconds. */
  readonly warmup_seconds: number;
  /** The end of the run, seconds; Infinity when it runs until drained. */
  readonly until_s: number;
  /** A new pool, which the report will list. */
  pool(spec: GpuPoolSpec): GpuPool;
  /** Turns a request away for good; do not pass it on. */
  reject(slot: RequestSlot): void;
}

/**
 * A serving architecture. The flow passes request slots on; what comes out is completed.
 *
 * @example
 * const twoLanes: Architecture = {
 *   mode: 'two_lanes',
 *   flow: (arrivals, site) => {
 *     const [short, long] = partition(arrivals.pipe(share()), (slot) => site.requests.prompt_tokens[slot] < 1024);
 *     return merge(short.pipe(servedBy(site.pool(shortLane))), long.pipe(servedBy(site.pool(longLane))));
 *   },
 * };
 */
export interface Architecture {
  /** Names the architecture in reports. */
  readonly mode: string;
  flow(arrivals: Observable<RequestSlot>, site: Site): Observable<RequestSlot>;
}
