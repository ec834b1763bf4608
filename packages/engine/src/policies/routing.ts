/**
 * Which replica of a pool a request goes to: plain functions on what a router can see.
 * Knows no clock, no order of queues and no output lengths. Of replicas that are equally good, the first is taken.
 */
import type { Uniform } from '../random/distribution.ts';

/** What a router knows of one replica: its own books, not the inside of the engine. */
export interface ReplicaView {
  /** Requests sent to it that have not left it: on their way, waiting and running. */
  readonly outstanding_requests: number;
  /** Tokens of these requests: their whole prompts, and what has come out of each so far. */
  readonly outstanding_tokens: number;
  /**
   * Tokens at the beginning of the prompt being routed whose blocks the replica has announced as cached. Announced
   * is what its cache holds, not what requests on their way will bring.
   */
  readonly cached_prompt_tokens: number;
}

/** What a router knows of the request it routes. Valid during the call: the next request takes the same object. */
export interface RoutedRequest {
  readonly id: number;
  /** Requests routed before it in its pool. */
  readonly turn: number;
  readonly prompt_tokens: number;
  /** The session it belongs to, −1 without one. */
  readonly session: number;
}

/**
 * Chooses a replica by its index in `replicas`; `random` draws from the substream `routing` of its pool.
 * A policy keeps no state between calls, so that a plan can run twice.
 *
 * @example
 * const shortestPrompts: RoutingPolicy = (replicas, { prompt_tokens }) =>
 *   prompt_tokens < 1024 ? 0 : 1 % replicas.length;
 */
export interface RoutingPolicy {
  (replicas: readonly ReplicaView[], request: RoutedRequest, random: Uniform): number;
  /** It reads no view: none is kept up, and all read 0. */
  readonly blind?: true;
}

/** How a pool of replicas is routed to. */
export interface RoutingOptions {
  /** Default `roundRobin()`. */
  readonly routing?: RoutingPolicy | undefined;
  /**
   * Age of the views, seconds: what has left and come out is seen at multiples of it alone, while the router counts
   * at once what it sends itself; what replicas have cached is announced at the same instants. Default 0: seen at
   * once.
   */
  readonly routing_refresh_s?: number | undefined;
}

/** Each replica in turn, whatever its load. */
export function roundRobin(): RoutingPolicy {
  return blind((replicas, { turn }) => turn % replicas.length);
}

/** Any replica with equal probability. */
export function randomRouting(): RoutingPolicy {
  return blind((replicas, _, random) => Math.floor(random() * replicas.length));
}

/** The replica with the fewest outstanding requests. */
export function leastOutstanding(): RoutingPolicy {
  return fewestRequests;
}

/** The replica with the fewest outstanding tokens. */
export function leastTokens(): RoutingPolicy {
  return (replicas) => least(replicas, ({ outstanding_tokens }) => outstanding_tokens);
}

/**
 * Of two different replicas drawn at random, the one with fewer outstanding requests.
 * Mitzenmacher, "The power of two choices in randomized load balancing", IEEE TPDS 12 (2001).
 */
export function powerOfTwo(): RoutingPolicy {
  return (replicas, _, random) => {
    if (replicas.length === 1) return 0;
    const one = Math.floor(random() * replicas.length);
    const another = Math.floor(random() * (replicas.length - 1));
    const first = Math.min(one, another);
    const second = another >= one ? another + 1 : one;
    return requestsAt(replicas, first) <= requestsAt(replicas, second) ? first : second;
  };
}

/** All requests of a session to one replica, by a hash of the session; without a session, `leastOutstanding()`. */
export function sessionRouting(): RoutingPolicy {
  return (replicas, request, random) =>
    request.session < 0
      ? fewestRequests(replicas, request, random)
      : scrambled(request.session) % replicas.length;
}

/** Of the prompt, a cached part below this is not worth a queue: the default threshold of Ray Serve's prefix router. */
const SMALL_HIT = 0.1;

/**
 * The replica whose cache holds most of the beginning of the prompt, of several such the one with the fewest
 * outstanding requests; `leastOutstanding()` where none holds a tenth of the prompt.
 */
export function prefixRouting(): RoutingPolicy {
  return (replicas, request, random) => {
    const cached = replicas.map(({ cached_prompt_tokens }) => cached_prompt_tokens);
    const most = Math.max(...cached);
    if (most < SMALL_HIT * request.prompt_tokens) return fewestRequests(replicas, request, random);
    let best = cached.indexOf(most);
    for (let at = best + 1; at < replicas.length; at++) {
      if (cached[at] === most && requestsAt(replicas, at) < requestsAt(replicas, best)) best = at;
    }
    return best;
  };
}

const fewestRequests: RoutingPolicy = (replicas) =>
  least(replicas, ({ outstanding_requests }) => outstanding_requests);

function blind(policy: RoutingPolicy): RoutingPolicy {
  return Object.assign(policy, { blind: true } as const);
}

function least(replicas: readonly ReplicaView[], load: (view: ReplicaView) => number): number {
  let best = 0;
  let bestLoad = Number.POSITIVE_INFINITY;
  for (let at = 0; at < replicas.length; at++) {
    const view = replicas[at];
    const its = view === undefined ? bestLoad : load(view);
    if (its < bestLoad) {
      best = at;
      bestLoad = its;
    }
  }
  return best;
}

function requestsAt(replicas: readonly ReplicaView[], at: number): number {
  return replicas[at]?.outstanding_requests ?? 0;
}

/** The finalizer of MurmurHash3: neighbouring sessions land far apart. */
function scrambled(session: number): number {
  let bits = session | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
