/**
 * The two ends of a transfer between pools of replicas: which replicas, their blocks, and who is told.
 * Knows no link and no time.
 */
import type { RequestSlot, RequestTable } from '../records/request-table.ts';
import type { ChunkWatcher } from '../replica/prompt-chunks.ts';
import type { ReplicaPool } from '../replica/replica-pool.ts';
import type { RunSite } from '../run-site.ts';

/** What a link asks of, and tells, the replicas it connects. */
export interface TransferEnds {
  /** Names of the pools. */
  readonly from: string;
  readonly to: string;
  /** Replicas that transfers come from. */
  readonly sources: number;
  /** Replicas that transfers go to. */
  readonly destinations: number;
  /** Chooses the replica that a request goes to while its prompt is still to be computed. */
  choose(slot: RequestSlot): void;
  /** A request leaves prefill: the replica it goes to is chosen now, if it has not been. */
  leaves(slot: RequestSlot): void;
  /** The replica it comes from, until `arrives`. */
  source(slot: RequestSlot): number;
  /** The replica it goes to, once that is chosen. */
  destination(slot: RequestSlot): number;
  /** Asks for KV blocks at the destination; `granted` is told when they are held, first come first served. */
  reserve(slot: RequestSlot, granted: (slot: RequestSlot) => void): void;
  /** Its KV has arrived; it goes on at the destination. */
  arrives(slot: RequestSlot): void;
  /** `begins` is told of every chunk of every prompt that will be transferred, when the step begins. */
  watchChunks(begins: ChunkWatcher): void;
}

/**
 * The ends of transfers between two pools of replicas, for `transferredOver`. A prompt's blocks stay taken on its
 * prefill replica until its KV has arrived; its decode replica is chosen by the router of `to` when prefill ends, or
 * when it begins where the link sends layers ahead over a shared network or into reserved blocks.
 *
 * @param from - of stage `prefill`
 * @param to - of stage `decode`
 * @example
 * const ends = betweenPools(prefillReplicas, decodeReplicas, site);
 * arrivals.pipe(batchedBy(prefillReplicas), transferredOver(link, site, ends), batchedBy(decodeReplicas))
 */
export function betweenPools(from: ReplicaPool, to: ReplicaPool, { requests }: RunSite): TransferEnds {
  return new BetweenPools(from, to, requests, 0);
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
  readonly #tokensBrought: 0 | 1;
  readonly #source = new Map<RequestSlot, number>();
  /** Destinations chosen before prefill ended. */
  readonly #chosen = new Map<RequestSlot, number>();

  /**
   * Requests bring `tokensBrought` output tokens from prefill, and need no transfer when those are all.
   */
  constructor(from: ReplicaPool, to: ReplicaPool, requests: RequestTable, tokensBrought: 0 | 1) {
    this.from = from.name;
    this.to = to.name;
    this.sources = from.replicas;
    this.destinations = to.replicas;
    this.#from = from;
    this.#to = to;
    from.keepBlocks();
    to.expectRouted();
    this.#requests = requests;
    this.#tokensBrought = tokensBrought;
  }

  choose(slot: RequestSlot): void {
    this.#chosen.set(slot, this.#to.choose(slot));
  }

  leaves(slot: RequestSlot): void {
    const { gpu } = this.#requests;
    this.#source.set(slot, gpu[slot] ?? 0);
    const chosen = this.#chosen.get(slot);
    if (chosen === undefined) {
      this.#to.route(slot);
      return;
    }
    gpu[slot] = chosen;
    if (this.#tokensBrought === 1) this.#to.firstTokenCame(chosen);
  }

  source(slot: RequestSlot): number {
    return this.#source.get(slot) ?? this.#requests.gpu[slot] ?? 0;
  }

  destination(slot: RequestSlot): number {
    return this.#chosen.get(slot) ?? this.#requests.gpu[slot] ?? 0;
  }

  reserve(slot: RequestSlot, granted: (slot: RequestSlot) => void): void {
    const tokens = (this.#requests.prompt_tokens[slot] ?? 0) + this.#tokensBrought;
    this.#to.reserve(slot, this.destination(slot), tokens, granted);
  }

  arrives(slot: RequestSlot): void {
    this.#from.release(slot, this.source(slot));
    this.#source.delete(slot);
    this.#chosen.delete(slot);
  }

  watchChunks(begins: ChunkWatcher): void {
    this.#from.watchChunks((slot, ...chunk) => {
      if ((this.#requests.output_tokens[slot] ?? 0) > this.#tokensBrought) begins(slot, ...chunk);
    });
  }
}
