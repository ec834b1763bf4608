/**
 * What an architecture is: one pipe from arrivals to completions, built on a site.
 * Knows no particular architecture.
 */
import type { Observable } from 'rxjs';
import type { LinkMeter } from '../metrics/link-meter.ts';
import type { GpuPool, GpuPoolSpec } from '../pool/gpu-pool.ts';
import type { RequestSlot } from '../records/request-table.ts';
import type { ReplicaPool, ReplicaPoolSpec } from '../replica/replica-pool.ts';
import type { RunSite } from '../run-site.ts';
import type { LinkSpec } from '../transfer/link-spec.ts';

/** Where one run takes place, and what an architecture may build there. */
export interface Site extends RunSite {
  /** A new pool of GPUs, which the report will list. */
  pool(spec: GpuPoolSpec): GpuPool;
  /** A new pool of replicas, which the report will list. */
  replicas(spec: ReplicaPoolSpec): ReplicaPool;
  /** The meter of a new link, which the report will list. */
  link(spec: LinkSpec): LinkMeter;
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
