/**
 * What becomes of KV blocks that nobody computes on: kept for prompts that begin alike, or moved to the host.
 * Knows no schedule.
 */
import type { HostLink } from './host-memory.ts';

/** How a replica reuses KV; all absent: every prompt is computed, and what is preempted is computed again. */
export interface KvReuse {
  /** Keep the blocks of prompts for requests that begin with the same `hash_ids`. Default false. */
  readonly enable_prefix_caching?: boolean | undefined;
  /** What a preempted request does with its KV: compute it again, or move it to the host and back. Default `recompute`. */
  readonly preemption?: 'recompute' | 'swap' | undefined;
  /** Needed by `preemption: swap`. */
  readonly host_link?: HostLink | undefined;
  /** KV blocks that the host holds; a request that finds no room there is recomputed. Absent: any number. */
  readonly host_blocks?: number | undefined;
}
