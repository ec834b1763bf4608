/**
 * The router before a pool: asks its policy and keeps the books that the policy reads.
 * Knows no replicas: it is told what comes back from them.
 */
import { given } from '../given.ts';
import type { Uniform } from '../random/distribution.ts';
import type { RequestSlot } from '../records/request-table.ts';
import type { RunSite } from '../run-site.ts';
import { CacheNews, type NewsSource } from './cache-news.ts';
import { type LoadSources, ReplicaLoads } from './replica-loads.ts';
import { type ReplicaView, type RoutingOptions, type RoutingPolicy, roundRobin } from './routing.ts';

/** Where a router reads what it does not keep itself. */
export interface RouterSources {
  readonly untold: LoadSources['untold'];
  /** The caches of its replicas, null when they keep none. */
  readonly caches: readonly NewsSource[] | null;
}

const NOTHING_SEEN: ReplicaView = { outstanding_requests: 0, outstanding_tokens: 0, cached_prompt_tokens: 0 };

export class Router {
  readonly #site: RunSite;
  readonly #pool: string;
  readonly #policy: RoutingPolicy;
  readonly #random: Uniform;
  readonly #views: readonly ReplicaView[];
  /** Null when the policy reads none. */
  readonly #loads: ReplicaLoads | null;
  /** Null when no replica keeps prefixes. */
  readonly #news: CacheNews | null;
  #routing: RequestSlot = 0;
  /** The one object that every request is shown as. */
  readonly #request = { id: 0, turn: 0, prompt_tokens: 0, session: -1 };
  #turn = 0;

  /** Routes to the `replicas` of `pool`; `untold` as in `LoadSources`, `caches` those of its replicas if any keeps one. */
  constructor(
    pool: string,
    replicas: number,
    { routing = roundRobin(), routing_refresh_s = 0 }: RoutingOptions,
    site: RunSite,
    { untold, caches }: RouterSources,
  ) {
    if (!(routing_refresh_s >= 0 && routing_refresh_s < Number.POSITIVE_INFINITY)) {
      throw new RangeError(
        `Pool ${pool}: routing_refresh_s must be at least 0 and finite, got ${routing_refresh_s}`,
      );
    }
    if (typeof routing !== 'function') {
      throw new RangeError(
        `Pool ${pool}: routing must be a policy such as leastOutstanding(), got ${given(routing)}`,
      );
    }
    this.#site = site;
    this.#pool = pool;
    this.#policy = routing;
    this.#random = site.uniform(`routing/${pool}`);
    const now = (): number => site.clock.now();
    this.#news = routing.blind === true || caches === null ? null : new CacheNews(caches, routing_refresh_s);
    const cached = (replica: number): number => this.#news?.cachedTokens(replica, this.#routing, now()) ?? 0;
    this.#loads =
      routing.blind === true ? null : new ReplicaLoads(replicas, routing_refresh_s, { now, untold, cached });
    this.#views = this.#loads?.views ?? Array.from({ length: replicas }, () => NOTHING_SEEN);
  }

  /**
   * The replica that a request is sent to now.
   *
   * @throws RangeError when the policy names no replica of the pool.
   */
  route(slot: RequestSlot): number {
    const { id, prompt_tokens, session } = this.#site.requests;
    this.#routing = slot;
    const request = this.#request;
    request.id = id[slot] ?? 0;
    request.turn = this.#turn++;
    request.prompt_tokens = prompt_tokens[slot] ?? 0;
    request.session = session[slot] ?? -1;
    const replica = this.#policy(this.#views, request, this.#random);
    if (!(Number.isInteger(replica) && replica >= 0 && replica < this.#views.length)) {
      throw new RangeError(
        `Pool ${this.#pool}: routing must give a replica from 0 to ${this.#views.length - 1}, gave ${given(replica)}`,
      );
    }
    this.#loads?.sent(replica, this.#tokensOnSending(slot));
    return replica;
  }

  /** Output tokens have come out of `replica`. */
  cameOut(replica: number, tokens: number): void {
    this.#loads?.cameOut(replica, tokens);
  }

  /** A request leaves `replica`, with `generated` output tokens. */
  left(slot: RequestSlot, replica: number, generated: number): void {
    this.#loads?.left(replica, (this.#site.requests.prompt_tokens[slot] ?? 0) + generated);
  }

  /** `replica` turns a request away as it arrives. */
  rejected(slot: RequestSlot, replica: number): void {
    this.#loads?.left(replica, this.#tokensOnSending(slot));
  }

  /** The steps under way at `replica` are about to end. */
  settle(replica: number): void {
    this.#loads?.settle(replica);
    this.#news?.settle(replica, this.#site.clock.now());
  }

  /** The cache of `replica` is about to change. */
  settleCache(replica: number): void {
    this.#news?.settle(replica, this.#site.clock.now());
  }

  /** The prompt, and the first token when prefill has produced it in another pool. */
  #tokensOnSending(slot: RequestSlot): number {
    const { prompt_tokens, first_token_s } = this.#site.requests;
    return (prompt_tokens[slot] ?? 0) + (Number.isNaN(first_token_s[slot] ?? Number.NaN) ? 0 : 1);
  }
}
