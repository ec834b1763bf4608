/**
 * The two ends of a transfer between pools of replicas: which replicas, their blocks, and who is told.
 * Knows no link and no time.
 */
import type { RequestSlot, RequestTable } from '../records/request-table.ts';
import type { ChunkWatcher } from '../replica/prompt-chunks.ts';
import type { ReplicaPool } from '../replica/replica-pool.ts';

/** What a link asks of, and tells, the replicas it connects. */
export interface TransferEnds {
  /** Names of the pools. */
  readonly from: string;
  readonly to: string;
  /** Replicas that transfers come from. */
  readonly sources: number;
  /** Replicas that transfers go to. */
  readonly destinations: number;
  /** A request leaves prefill: the replica it goes to is chosen now. */
  leaves(slot: RequestSlot): void;
  /** The replica it comes from, between `leaves` and `arrives`. */
  source(slot: RequestSlot): number;
  /** The replica it goes to, after `leaves`. */
  destination(slot: RequestSlot): number;
  /** Asks for KV blocks at the destination; `granted` is told when they are held, first come first served. */
  reserve(slot: RequestSlot, granted: (slot: RequestSlot) => void): void;
  /** Its KV has arrived; it goes on at the destination. */
  arrives(slot: RequestSlot): void;
  /** `computed` is told of every chunk of every prompt. */
  watchChunks(computed: ChunkWatcher): void;
}

/** A pool at one end, and its number of replicas. */
export interface PoolEnd {
  readonly pool: ReplicaPool;
  readonly replicas: number;
}

/** From one pool of replicas to another: a prompt's blocks stay taken on its prefill replica until it arrives. */
export class BetweenPools implements TransferEnds {
  readonly from: string;
  readonly to: string;
  readonly sources: number;
  readonly destinations: number;

  readonly #from: ReplicaPool;
  readonly #to: ReplicaPool;
  readonly #requests: RequestTable;
  readonly #source = new Map<RequestSlot, number>();

  constructor(from: PoolEnd, to: PoolEnd, requests: RequestTable) {
    this.from = from.pool.name;
    this.to = to.pool.name;
    this.sources = from.replicas;
    this.destinations = to.replicas;
    this.#from = from.pool;
    this.#to = to.pool;
    this.#requests = requests;
  }

  leaves(slot: RequestSlot): void {
    this.#source.set(slot, this.#requests.gpu[slot] ?? 0);
    this.#to.route(slot);
  }

  source(slot: RequestSlot): number {
    return this.#source.get(slot) ?? 0;
  }

  destination(slot: RequestSlot): number {
    return this.#requests.gpu[slot] ?? 0;
  }

  reserve(slot: RequestSlot, granted: (slot: RequestSlot) => void): void {
    this.#to.reserve(slot, granted);
  }

  arrives(slot: RequestSlot): void {
    this.#from.release(slot, this.source(slot));
    this.#source.delete(slot);
  }

  watchChunks(computed: ChunkWatcher): void {
    this.#from.watchChunks(computed);
  }
}
