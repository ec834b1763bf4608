/**
 * A router's books: what it has sent to each replica and what has come back, seen at once or at intervals.
 * Knows no policy and no batching. A snapshot at k·refresh_s holds what happened before that instant; what the
 * router has sent since is added to it.
 *
 * No snapshot is ever taken of all replicas: a replica's row is copied when it first changes after the instant.
 */
import type { ReplicaView } from './routing.ts';
import { snapshotsBy } from './snapshots.ts';

/** Where the time and the tokens of steps still under way are read. */
export interface LoadSources {
  now(): number;
  /** Tokens that came out of `replica` before `instant` (at it too when `inclusive`) and are not noted yet. */
  untold(replica: number, instant: number, inclusive: boolean): number;
  /** Tokens of the prompt being routed that the cache of `replica` is known to hold. */
  cached(replica: number): number;
}

export class ReplicaLoads {
  /** One for each replica, always up to date. */
  readonly views: readonly ReplicaView[];

  readonly #refresh_s: number;
  readonly #sources: LoadSources;
  readonly #requests: Float64Array;
  readonly #tokens: Float64Array;
  /** As in the last snapshot, and what was sent since. */
  readonly #shownRequests: Float64Array;
  readonly #shownTokens: Float64Array;
  /** Number of that snapshot. */
  readonly #shown: Float64Array;

  /** `refresh_s` 0: what happens is seen at once. */
  constructor(replicas: number, refresh_s: number, sources: LoadSources) {
    this.#refresh_s = refresh_s;
    this.#sources = sources;
    this.#requests = new Float64Array(replicas);
    this.#tokens = new Float64Array(replicas);
    this.#shownRequests = new Float64Array(replicas);
    this.#shownTokens = new Float64Array(replicas);
    this.#shown = new Float64Array(replicas);
    this.views = Array.from({ length: replicas }, (_, replica) => new LoadView(this, replica));
  }

  /** A request is sent to `replica`. */
  sent(replica: number, prompt_tokens: number): void {
    this.settle(replica);
    add(this.#requests, replica, 1);
    add(this.#tokens, replica, prompt_tokens);
    add(this.#shownRequests, replica, 1);
    add(this.#shownTokens, replica, prompt_tokens);
  }

  /** Output tokens have come out of `replica`. */
  cameOut(replica: number, tokens: number): void {
    this.settle(replica);
    add(this.#tokens, replica, tokens);
  }

  /** A request leaves `replica`; `tokens` are those of its prompt and those that came out. */
  left(replica: number, tokens: number): void {
    this.settle(replica);
    add(this.#requests, replica, -1);
    add(this.#tokens, replica, -tokens);
  }

  /** Takes the snapshots that are due; call before steps that are under way end. */
  settle(replica: number): void {
    if (this.#refresh_s === 0) return;
    const due = snapshotsBy(this.#sources.now(), this.#refresh_s);
    if (due === this.#shown[replica]) return;
    this.#shown[replica] = due;
    const untold = this.#sources.untold(replica, due * this.#refresh_s, false);
    this.#shownRequests[replica] = this.#requests[replica] ?? 0;
    this.#shownTokens[replica] = (this.#tokens[replica] ?? 0) + untold;
  }

  cachedSeen(replica: number): number {
    return this.#sources.cached(replica);
  }

  requestsSeen(replica: number): number {
    this.settle(replica);
    return (this.#refresh_s === 0 ? this.#requests : this.#shownRequests)[replica] ?? 0;
  }

  tokensSeen(replica: number): number {
    this.settle(replica);
    if (this.#refresh_s > 0) return this.#shownTokens[replica] ?? 0;
    return (this.#tokens[replica] ?? 0) + this.#sources.untold(replica, this.#sources.now(), true);
  }
}

class LoadView implements ReplicaView {
  readonly #loads: ReplicaLoads;
  readonly #replica: number;

  constructor(loads: ReplicaLoads, replica: number) {
    this.#loads = loads;
    this.#replica = replica;
  }

  get outstanding_requests(): number {
    return this.#loads.requestsSeen(this.#replica);
  }

  get cached_prompt_tokens(): number {
    return this.#loads.cachedSeen(this.#replica);
  }

  get outstanding_tokens(): number {
    return this.#loads.tokensSeen(this.#replica);
  }
}

function add(column: Float64Array, at: number, change: number): void {
  column[at] = (column[at] ?? 0) + change;
}
