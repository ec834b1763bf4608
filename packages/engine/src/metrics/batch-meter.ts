/**
 * What a pool of replicas did inside the measurement window: time averages of the running requests and of the KV
 * blocks in use, the largest of both on one replica, engine steps, gaps between tokens, preemptions.
 * Knows no schedule: it looks at a replica when a step or jump begins and ends.
 *
 * Blocks are counted whole, and each change at its instant, but those that a jump takes after its first step: they
 * count as if each step took the same share of them.
 */
import type { BatchingReport } from '../result.ts';
import type { GapTally } from './gap-tally.ts';
import type { MeteredReplica } from './metered-replica.ts';

/** What of a pool's reuse of KV there is to measure. */
export interface MeteredReuse {
  /** It keeps prefixes. */
  readonly caches: boolean;
  /** Speed of one replica's link to the host, bytes a second; null when it swaps nothing. */
  readonly host_bytes_per_s: number | null;
}

/** The part of a batching report that is about reuse. */
export type ReuseLevels = Pick<
  BatchingReport,
  | 'prefix_hit_rate'
  | 'swaps_out'
  | 'swaps_in'
  | 'swapped_out_bytes'
  | 'swapped_in_bytes'
  | 'host_link_utilization'
>;

export interface BatchLevels {
  /** Time average over all replicas of the pool together. */
  readonly mean_running: number;
  /** The most on one replica. */
  readonly max_running: number;
  /** Of the blocks of all replicas; null when unlimited. */
  readonly mean_kv_use: number | null;
  /** Of the blocks of one replica. */
  readonly max_kv_use: number | null;
}

export class BatchMeter {
  readonly replicas: number;
  /** Engine steps that ended in the window. */
  steps = 0;
  /** Times that a running request lost its KV cache in the window. */
  preemptions = 0;
  /** Requests turned away, in the whole run. */
  rejected = 0;

  readonly #blocksOfOne: number;
  readonly #from: number;
  readonly #gaps: GapTally;
  readonly #reuse: MeteredReuse;
  #promptTokens = 0;
  #hitTokens = 0;
  readonly #swaps = { out: 0, in: 0 };
  readonly #swappedBytes = { out: 0, in: 0 };
  /** Levels now, by replica: without what a jump under way takes after its first step. */
  readonly #running: Int32Array;
  readonly #blocks: Float64Array;
  #sumRunning = 0;
  #sumBlocks = Number.NaN;
  #runningArea = Number.NaN;
  #blockArea = Number.NaN;
  #maxRunning = 0;
  #maxBlocks = Number.NaN;
  #last = Number.NaN;
  /** Steps of the step or jump that ends now which ended before the window opened. */
  #early = 0;

  /** `num_gpu_blocks` of one replica, Infinity when unlimited; `from` opens the window. */
  constructor(
    replicas: number,
    num_gpu_blocks: number,
    from: number,
    gaps: GapTally,
    reuse: MeteredReuse = { caches: false, host_bytes_per_s: null },
  ) {
    // NaN before, so that they are fractions from the start: see Decisions in ARCHITECTURE.md.
    this.#runningArea = 0;
    this.#blockArea = 0;
    this.#last = 0;
    this.#sumBlocks = 0;
    this.#maxBlocks = 0;
    this.#reuse = reuse;
    this.replicas = replicas;
    this.#blocksOfOne = num_gpu_blocks;
    this.#from = from;
    this.#gaps = gaps;
    this.#running = new Int32Array(replicas);
    this.#blocks = new Float64Array(replicas);
  }

  /** The levels of a replica have changed at `t`. */
  changed(at: number, replica: MeteredReplica, t: number): void {
    this.#advance(t);
    const { running } = replica;
    const ran = this.#running[at] ?? 0;
    if (ran > this.#maxRunning && t > this.#from) this.#maxRunning = ran;
    this.#running[at] = running;
    this.#sumRunning += running - ran;
    if (this.#blocksOfOne === Number.POSITIVE_INFINITY) return;
    const blocks = this.#blocks[at] ?? 0;
    if (blocks > this.#maxBlocks && t > this.#from) this.#maxBlocks = blocks;
    const used = this.#used(replica) - replica.growing_blocks;
    this.#blocks[at] = used;
    this.#sumBlocks += used - blocks;
  }

  /** A replica's step or jump is about to end at `t`. */
  ends(replica: MeteredReplica, t: number): void {
    this.#ended(replica, replica.underWay.count);
    if (replica.growing_blocks > 0) this.#grown(replica, t);
  }

  /** The run ends at `t` within a step or jump of a replica. */
  stop(replica: MeteredReplica, t: number): void {
    this.#ended(replica, replica.stop(t));
    if (replica.growing_blocks > 0) this.#grown(replica, t);
  }

  /** A request outside the decode set got a token in the step that ends now, `gap_s` after the one before. */
  token(gap_s: number): void {
    if (this.#early === 0) this.#gaps.add(gap_s, 1);
  }

  /** A running request loses its KV cache at `t`. */
  preempted(t: number): void {
    if (t >= this.#from) this.preemptions++;
  }

  /** A request is admitted for the first time at `t`, with `hit` tokens of its prompt in the prefix cache. */
  admitted(t: number, prompt_tokens: number, hit: number): void {
    if (t < this.#from) return;
    this.#promptTokens += prompt_tokens;
    this.#hitTokens += hit;
  }

  /** A request that is preempted or admitted at `t` is copied to the host or back. */
  copied(t: number, way: 'out' | 'in', bytes: number): void {
    if (t < this.#from) return;
    this.#swaps[way]++;
    this.#swappedBytes[way] += bytes;
  }

  /** What the window saw of reuse, until `end`. */
  readReuse(end: number): ReuseLevels {
    const { caches, host_bytes_per_s } = this.#reuse;
    const prefix_hit_rate = caches && this.#promptTokens > 0 ? this.#hitTokens / this.#promptTokens : null;
    if (host_bytes_per_s === null) return { prefix_hit_rate, ...NO_SWAPS };
    const { out: swapped_out_bytes, in: swapped_in_bytes } = this.#swappedBytes;
    const most = this.replicas * host_bytes_per_s * (end - this.#from);
    return {
      prefix_hit_rate,
      swaps_out: this.#swaps.out,
      swaps_in: this.#swaps.in,
      swapped_out_bytes,
      swapped_in_bytes,
      // A copy counts whole in the window where it is decided.
      host_link_utilization: most > 0 ? Math.min(1, (swapped_out_bytes + swapped_in_bytes) / most) : 0,
    };
  }

  /** Averages over [from, end); ends the measurement. */
  read(end: number): BatchLevels {
    this.#advance(end);
    const window_s = end - this.#from;
    const average = (area: number): number => (window_s > 0 ? area / window_s : 0);
    const limited = this.#blocksOfOne !== Number.POSITIVE_INFINITY;
    const most = (before: number, now: ArrayLike<number>): number =>
      window_s > 0 ? Math.max(before, largest(now)) : 0;
    return {
      mean_running: average(this.#runningArea),
      max_running: most(this.#maxRunning, this.#running),
      mean_kv_use: limited ? average(this.#blockArea) / (this.replicas * this.#blocksOfOne) : null,
      max_kv_use: limited ? most(this.#maxBlocks, this.#blocks) / this.#blocksOfOne : null,
    };
  }

  #used(replica: MeteredReplica): number {
    return this.#blocksOfOne - replica.free_blocks;
  }

  /** `steps` of a replica's step or jump have ended, and the decode set has got its tokens. */
  #ended(replica: MeteredReplica, steps: number): void {
    const { underWay } = replica;
    const early = underWay.start_s < this.#from ? underWay.before(this.#from) : 0;
    this.#early = early;
    if (steps <= early) return;
    this.steps += steps - early;
    if (replica.decoding === 0) return;
    const { first_s, increase_s } = underWay;
    this.#gaps.addSeries(first_s + early * increase_s, increase_s, steps - early, replica.decoding);
  }

  #advance(t: number): void {
    const since = Math.max(this.#last, this.#from);
    if (t > since) {
      this.#runningArea += (t - since) * this.#sumRunning;
      this.#blockArea += (t - since) * this.#sumBlocks;
    }
    this.#last = t;
  }

  /** Enters the blocks that a jump took after its first step, seen from `t`, its end or that of the run. */
  #grown(replica: MeteredReplica, t: number): void {
    const { growing_blocks, underWay } = replica;
    if (t <= this.#from) return;
    this.#maxBlocks = Math.max(this.#maxBlocks, this.#used(replica));
    const straddles = underWay.start_s < this.#from;
    const steps_s = underWay.endedArea(t) - (straddles ? underWay.endedArea(this.#from) : 0);
    this.#blockArea += (growing_blocks / (underWay.count - 1)) * steps_s;
  }
}

const NO_SWAPS = {
  swaps_out: null,
  swaps_in: null,
  swapped_out_bytes: null,
  swapped_in_bytes: null,
  host_link_utilization: null,
} as const;

function largest(levels: ArrayLike<number>): number {
  let most = 0;
  for (let at = 0; at < levels.length; at++) most = Math.max(most, levels[at] ?? 0);
  return most;
}
