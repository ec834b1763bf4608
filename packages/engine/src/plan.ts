/**
 * What to simulate, as plain values and plain functions.
 * Knows no YAML, no files and no defaults beyond those written here.
 */
import type { Architecture } from './architectures/architecture.ts';
import type { QuantileMethod } from './metrics/quantile-method.ts';
import type { Distribution } from './random/distribution.ts';
import type { PrefixBlocks } from './records/prefix-blocks.ts';

/** Requests drawn from distributions, one at a time. */
export interface GeneratedWorkload {
  readonly kind: 'generated';
  /** Seconds between consecutive arrivals; the first arrival comes after the first gap. */
  readonly interarrival_s: Distribution;
  /** Tokens in a prompt, whole and at least 1. */
  readonly prompt_tokens: Distribution;
  /** Tokens in an answer, whole and at least 1. */
  readonly output_tokens: Distribution;
  /** Stop after this many requests; absent: as many as arrive before `sim_seconds`. */
  readonly max_requests?: number | undefined;
}

/** Requests given row by row: three columns of equal length, arrivals in ascending order. The row is the id. */
export interface ReplayWorkload {
  readonly kind: 'replay';
  /** Seconds from the start of the run, not before 0. */
  readonly arrival_s: ArrayLike<number>;
  readonly prompt_tokens: ArrayLike<number>;
  readonly output_tokens: ArrayLike<number>;
  /** The session of each request, a whole number, −1 without one; what `sessionRouting()` goes by. */
  readonly session?: ArrayLike<number> | undefined;
  /** The prefix of each prompt in blocks; what `enable_prefix_caching` and `prefixRouting()` go by. */
  readonly hash_ids?: PrefixBlocks | undefined;
}

/**
 * Clients that wait for their answer before they ask again: `concurrency` requests at time 0, then one at the instant
 * at which another completes or is rejected. Ids follow the order of arrival.
 *
 * @example
 * const benchmark: ClosedLoopWorkload = {
 *   kind: 'closed_loop',
 *   concurrency: 64,
 *   max_requests: 640,
 *   prompt_tokens: uniformTokens(819, 1024),
 *   output_tokens: uniformTokens(819, 1024),
 * };
 */
export interface ClosedLoopWorkload {
  readonly kind: 'closed_loop';
  /** Clients, whole and at least 1. */
  readonly concurrency: number;
  /** Requests in all, whole and at least 1. */
  readonly max_requests: number;
  /** Tokens in a prompt, whole and at least 1. */
  readonly prompt_tokens: Distribution;
  /** Tokens in an answer, whole and at least 1. */
  readonly output_tokens: Distribution;
}

export type Workload = GeneratedWorkload | ReplayWorkload | ClosedLoopWorkload;

/** Targets a request should meet. TPOT does not apply to one-token outputs. */
export interface Slo {
  /** Longest acceptable time to first token, seconds. */
  readonly ttft_s?: number | undefined;
  /** Longest acceptable mean time per output token after the first, seconds. */
  readonly tpot_s?: number | undefined;
}

/**
 * One run, fully specified.
 *
 * @example
 * const plan: SimulationPlan = {
 *   seed: 42,
 *   sim_seconds: 600,
 *   warmup_seconds: 60,
 *   workload: {
 *     kind: 'generated',
 *     interarrival_s: exponential(2),
 *     prompt_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
 *     output_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
 *   },
 *   architecture: monolithic({ num_gpus: 4, prefill_tokens_per_s: 8000, decode_tokens_per_s: 2000 }),
 * };
 */
export interface SimulationPlan {
  readonly workload: Workload;
  readonly architecture: Architecture;
  /** Names every random substream; the same seed and plan give the same bytes everywhere. Default 0. */
  readonly seed?: number | string | undefined;
  /** The run covers [0, sim_seconds). Absent: until the last request is done (needs a workload that ends). */
  readonly sim_seconds?: number | undefined;
  /** Measurement starts here, seconds. Default 0. */
  readonly warmup_seconds?: number | undefined;
  readonly slo?: Slo | undefined;
  /** Default `exact`. */
  readonly quantiles?: QuantileMethod | undefined;
  /** Keep one row per request (`SimulationResult.requests`). Default false. */
  readonly keep_requests?: boolean | undefined;
}
