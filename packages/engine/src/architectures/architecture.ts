/**
 * What an architecture is: one pipe from arrivals to completions, built on a site.
 * Knows no particular architecture.
 */
import type { Observable } from 'rxjs';
import type { EventStreams } from '../events/simulation-events.ts';
import type { GapTally } from '../metrics/gap-tally.ts';
import type { LinkMeter } from '../metrics/link-meter.ts';
import type { PrefixBlocks } from '../plan.ts';
import type { GpuPool, GpuPoolSpec } from '../pool/gpu-pool.ts';
import type { Uniform } from '../random/distribution.ts';
import type { RequestSlot, RequestTable } from '../records/request-table.ts';
import type { ReplicaPool, ReplicaPoolSpec } from '../replica/replica-pool.ts';
import type { VirtualClock } from '../time/virtual-clock.ts';
import type { LinkSpec } from '../transfer/link-spec.ts';

/** Where one run takes place: what an architecture may build on. */
export interface Site {
  readonly clock: VirtualClock;
  readonly requests: RequestTable;
  readonly events: EventStreams;
  /** What the prompts of the workload begin with, null when that is not known. */
  readonly prefixes: PrefixBlocks | null;
  /** The measurement window opens here, seconds. */
  readonly warmup_seconds: number;
  /** The end of the run, seconds; Infinity when it runs until drained. */
  readonly until_s: number;
  /** A substream of the run's seed: one for each purpose, named after it. */
  uniform(name: string): Uniform;
  /** Where gaps between tokens are counted that no request's `token_gap_s` tells. */
  readonly gaps: GapTally;
  /** A new pool of GPUs, which the report will list. */
  pool(spec: GpuPoolSpec): GpuPool;
  /** A new pool of replicas, which the report will list. */
  replicas(spec: ReplicaPoolSpec): ReplicaPool;
  /** The meter of a new link, which the report will list. */
  link(spec: LinkSpec): LinkMeter;
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
 *     const isShort = (slot: number) => (site.requests.prompt_tokens[slot] ?? 0) < 1024;
 *     const [short, long] = partition(arrivals.pipe(share()), isShort);
 *     return merge(short.pipe(servedBy(site.pool(shortLane))), long.pipe(servedBy(site.pool(longLane))));
 *   },
 * };
 */
export interface Architecture {
  /** Names the architecture in reports. */
  readonly mode: string;
  flow(arrivals: Observable<RequestSlot>, site: Site): Observable<RequestSlot>;
}
