/**
 * Host memory that takes the KV blocks of preempted requests, and the link to it. Copies of a step run one after
 * another before it computes, so their seconds are added to it.
 * Knows no schedule.
 */
import type { RequestSlot } from '../records/request-table.ts';

/** The link between the GPUs of a replica and the memory of its host. */
export interface HostLink {
  readonly bandwidth_bytes_per_s: number;
  /** Before the first byte of a copy, seconds. Default 0. */
  readonly latency_s?: number | undefined;
  /** KV cache of one token, bytes. */
  readonly kv_bytes_per_token: number;
}

/** Told of a copy of so many bytes. */
export type CopyWatcher = (direction: 'out' | 'in', bytes: number) => void;

export class HostMemory {
  readonly #link: HostLink;
  readonly #bytesOfBlock: number;
  readonly #copied: CopyWatcher;
  readonly #held = new Map<RequestSlot, number>();
  #free: number;
  #copy_s = 0;

  /** Holds `host_blocks` blocks of `block_size` tokens, Infinity for any number. */
  constructor(link: HostLink, block_size: number, host_blocks: number, copied: CopyWatcher) {
    this.#link = link;
    this.#bytesOfBlock = block_size * link.kv_bytes_per_token;
    this.#free = host_blocks;
    this.#copied = copied;
  }

  /** Takes the blocks of a request that is preempted; false when there is no room. */
  takeOut(slot: RequestSlot, blocks: number): boolean {
    if (blocks > this.#free) return false;
    this.#free -= blocks;
    this.#held.set(slot, blocks);
    this.#copy('out', blocks);
    return true;
  }

  /** Gives the blocks of a request that runs again back, if it has some here. */
  bringIn(slot: RequestSlot): void {
    const blocks = this.#held.get(slot);
    if (blocks === undefined) return;
    this.#held.delete(slot);
    this.#free += blocks;
    this.#copy('in', blocks);
  }

  /** Seconds of the copies since this was last asked. */
  takeSeconds(): number {
    const seconds = this.#copy_s;
    this.#copy_s = 0;
    return seconds;
  }

  #copy(direction: 'out' | 'in', blocks: number): void {
    const bytes = blocks * this.#bytesOfBlock;
    this.#copy_s += (this.#link.latency_s ?? 0) + bytes / this.#link.bandwidth_bytes_per_s;
    this.#copied(direction, bytes);
  }
}
