/**
 * KV blocks that need not be computed: those of prompts that begin alike, and those that wait on the host.
 * Knows the cache, the host and how many blocks are free; knows no steps and no order of requests.
 */
import type { RequestSlot, RequestTable } from '../records/request-table.ts';
import type { BatchColumns } from './batch-columns.ts';
import { HostMemory } from './host-memory.ts';
import type { KvBlocks } from './kv-blocks.ts';
import { PrefixCache } from './prefix-cache.ts';
import type { PrefixKeys } from './prefix-keys.ts';
import type { ReplicaHost, ReplicaSpec } from './replica-spec.ts';
import type { TokenCounts } from './token-counts.ts';

/** What the replica lends. */
export interface Lent {
  readonly requests: RequestTable;
  readonly columns: BatchColumns;
  readonly tokens: TokenCounts;
  readonly blocks: KvBlocks;
  readonly host: ReplicaHost;
}

export class BlockReuse {
  /** Null where no prefixes are kept. */
  readonly cache: PrefixCache | null;
  /** Blocks of the prefix found last that others use: they take no free block. */
  shared = 0;

  readonly #lent: Lent;
  readonly #memory: HostMemory | null;

  constructor(cache: PrefixCache | null, memory: HostMemory | null, lent: Lent) {
    this.cache = cache;
    this.#memory = memory;
    this.#lent = lent;
  }

  /** Tokens of the cached prefix that a request begins with; at least one is left to compute. */
  find(slot: RequestSlot): number {
    this.shared = 0;
    const { requests, columns, tokens, blocks } = this.#lent;
    if (this.cache === null || (columns.computed[slot] ?? 0) > 0) return 0;
    this.cache.shrinkTo(blocks.free);
    const most = Math.min(tokens.prompt(slot), tokens.uncomputed(slot) - 1);
    const found = this.cache.match(requests.id[slot] ?? 0, most);
    this.shared = found - this.cache.matchedIdle;
    return found * blocks.block_size;
  }

  /** A request is admitted with the tokens that were found for it, or with what the host kept. */
  admit(slot: RequestSlot, found: number): void {
    const { requests, columns, tokens, host } = this.#lent;
    if (found > 0) {
      this.cache?.claim(slot);
      columns.computed[slot] = found;
    }
    this.#memory?.bringIn(slot);
    const first = Number.isNaN(requests.prefill_start_s[slot] ?? Number.NaN);
    if (this.cache !== null && first) host.found(tokens.prompt(slot), found);
  }

  /**
   * A step that will compute `more` tokens of a request has been scheduled: what it fills can be found from now on.
   * Call when its blocks are taken.
   */
  computes(slot: RequestSlot, more: number): void {
    if (this.cache === null) return;
    const { requests, columns, tokens, blocks } = this.#lent;
    this.cache.shrinkTo(blocks.free);
    const before = columns.computed[slot] ?? 0;
    const after = Math.min(before + more, tokens.prompt(slot));
    this.cache.store(slot, requests.id[slot] ?? 0, before, after);
  }

  /** Moves a request that is preempted to the host; false when it is to lose its KV. */
  takeOut(slot: RequestSlot): boolean {
    const { columns, blocks } = this.#lent;
    return this.#memory?.takeOut(slot, blocks.blocksFor(columns.computed[slot] ?? 0)) ?? false;
  }

  /** A request lets its blocks go; those that others use stay taken. Returns how many come free. */
  release(slot: RequestSlot, held: number): number {
    if (this.cache === null) return held;
    this.cache.shrinkTo(this.#lent.blocks.free);
    return held - this.cache.release(slot);
  }

  /** Every free block is about to be taken. */
  exhaust(): void {
    this.cache?.shrinkTo(0);
  }

  /** Seconds that the copies of the step take before it computes. */
  takeCopySeconds(): number {
    return this.#memory?.takeSeconds() ?? 0;
  }
}

/** The reuse that a replica is told to practise, null for none. `keys` null: prompts have no known beginnings. */
export function reuseOf(spec: ReplicaSpec, keys: PrefixKeys | null, lent: Lent): BlockReuse | null {
  const { enable_prefix_caching, preemption, host_link, host_blocks = Number.POSITIVE_INFINITY } = spec;
  const cache = enable_prefix_caching === true && keys !== null ? new PrefixCache(keys) : null;
  const memory =
    preemption === 'swap' && host_link !== undefined
      ? new HostMemory(host_link, spec.block_size, host_blocks, (way, bytes) => lent.host.copied(way, bytes))
      : null;
  return cache === null && memory === null ? null : new BlockReuse(cache, memory, lent);
}
