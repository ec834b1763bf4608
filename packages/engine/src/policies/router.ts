/**
 * The router before a pool: asks its policy and keeps the books that the policy reads.
 * Knows no replicas: it is told what comes back from them.
 */
import type { Site } from '../architectures/architecture.ts';
import type { Uniform } from '../random/distribution.ts';
import type { RequestSlot } from '../records/request-table.ts';
import { type LoadSources, ReplicaLoads } from './replica-loads.ts';
import { type ReplicaView, type RoutingOptions, type RoutingPolicy, roundRobin } from './routing.ts';

export class Router {
  readonly #site: Site;
  readonly #pool: string;
  readonly #policy: RoutingPolicy;
  readonly #random: Uniform;
  readonly #views: readonly ReplicaView[];
  /** Null when the policy reads none. */
  readonly #loads: ReplicaLoads | null;
  /** The one object that every request is shown as. */
  readonly #request = { id: 0, turn: 0, prompt_tokens: 0, session: -1 };
  #turn = 0;

  /** Routes to the `replicas` of `pool`; `untold` as in `LoadSources`. */
  constructor(
    pool: string,
    replicas: number,
    { routing = roundRobin(), routing_refresh_s = 0 }: RoutingOptions,
    site: Site,
    untold: LoadSources['untold'],
  ) {
    if (!(routing_refresh_s >= 0 && routing_refresh_s < Number.POSITIVE_INFINITY)) {
      throw new RangeError(
        `Pool ${pool}: routing_refresh_s must be at least 0 and finite, got ${routing_refresh_s}`,
      );
    }
    this.#site = site;
    this.#pool = pool;
    this.#policy = routing;
    this.#random = site.uniform(`routing/${pool}`);
    const now = (): number => site.clock.now();
    this.#loads =
      routing.blind === true ? null : new ReplicaLoads(replicas, routing_refresh_s, { now, untold });
    this.#views =
      this.#loads?.views ??
      Array.from({ length: replicas }, () => ({ outstanding_requests: 0, outstanding_tokens: 0 }));
  }

  /**
   * The replica that a request is sent to now.
   *
   * @throws RangeError when the policy names no replica of the pool.
   */
  route(slot: RequestSlot): number {
    const { id, prompt_tokens, session } = this.#site.requests;
    const request = this.#request;
    request.id = id[slot] ?? 0;
    request.turn = this.#turn++;
    request.prompt_tokens = prompt_tokens[slot] ?? 0;
    request.session = session[slot] ?? -1;
    const replica = this.#policy(this.#views, request, this.#random);
    if (!(Number.isInteger(replica) && replica >= 0 && replica < this.#views.length)) {
      throw new RangeError(
        `Pool ${this.#pool}: routing must give a replica from 0 to ${this.#views.length - 1}, gave ${replica}`,
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
  }

  /** The prompt, and the first token when prefill has produced it in another pool. */
  #tokensOnSending(slot: RequestSlot): number {
    const { prompt_tokens, first_token_s } = this.#site.requests;
    return (prompt_tokens[slot] ?? 0) + (Number.isNaN(first_token_s[slot] ?? Number.NaN) ? 0 : 1);
  }
}
