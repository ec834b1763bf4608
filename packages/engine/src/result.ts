/**
 * What a run reports: plain JSON values, seconds and tokens, names with units.
 * Knows no formatting and no way of computing.
 */
import type { QuantileMethod } from './metrics/quantile-method.ts';
import type { RequestLog } from './records/request-log.ts';

/** A sample in nine numbers; all but `count` are null for an empty sample. `std` divides by n. */
export interface Summary {
  readonly count: number;
  readonly mean: number | null;
  readonly std: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/** How every request that arrived ended; the last three sum to the first. */
export interface Outcomes {
  readonly arrivals: number;
  readonly completed: number;
  readonly rejected: number;
  /** Arrived, and neither completed nor rejected when the run ended. */
  readonly in_flight: number;
}

/** TTFT split into parts that sum to it, seconds. A part that an architecture does not have is 0. */
export interface TtftParts {
  readonly prefill_queue_s: number;
  readonly prefill_s: number;
  /** From the end of prefill until the transfer starts. */
  readonly transfer_wait_s: number;
  /** What is left of the transfer after the end of prefill. */
  readonly transfer_s: number;
  readonly decode_queue_s: number;
  readonly first_decode_step_s: number;
}

export interface TtftBreakdown {
  /** Mean parts over all TTFT samples; they sum to the mean TTFT. */
  readonly mean: TtftParts;
  /** Mean parts over the requests in or above the histogram bucket of the p99, and how many these are. */
  readonly tail: TtftParts & { readonly count: number; readonly from_ttft_s: number };
  /** Mean parts over the TTFT samples above the SLO, and how many these are; null without such. */
  readonly missed: (TtftParts & { readonly count: number }) | null;
}

/** How the replicas of a pool batched, over the window. */
export interface BatchingReport {
  readonly replicas: number;
  /** Time average of the requests running on a busy replica; null when none was ever busy. */
  readonly mean_batch_size: number | null;
  /** The most that ran at once on one replica. */
  readonly max_batch_size: number;
  /**
   * Time average of the share of the pool's KV blocks in use, null when they are unlimited. The blocks that come to
   * a batch which only decodes count as if each step took the same share of them.
   */
  readonly mean_kv_use: number | null;
  /** The largest share of the blocks of one replica in use. */
  readonly max_kv_use: number | null;
  /** Steps that ended in the window. */
  readonly engine_steps: number;
  /** Times that a running request lost its KV cache, or left it to the host, in the window. */
  readonly preemptions: number;
  /**
   * Prompt tokens found in the prefix cache / prompt tokens of the requests first admitted in the window; null where
   * the pool keeps no prefixes, requests name none, or nobody was admitted.
   */
  readonly prefix_hit_rate: number | null;
  /** Requests copied to the host and back in the window, and their bytes; null without swapping. */
  readonly swaps_out: number | null;
  readonly swaps_in: number | null;
  readonly swapped_out_bytes: number | null;
  readonly swapped_in_bytes: number | null;
  /** These bytes / what the links to the hosts could have moved in the window, at most 1; null without swapping. */
  readonly host_link_utilization: number | null;
  /** Requests that could never fit a replica and were turned away, in the whole run. */
  readonly rejected: number;
}

/** What moved over a link between pools, in the window. */
export interface LinkReport {
  /** The pools at its ends. */
  readonly from: string;
  readonly to: string;
  /** Transfers that ended in the window. */
  readonly transfers: number;
  /** Bytes that moved in the window. */
  readonly bytes: number;
  readonly bytes_per_s: number;
  /** Time average of the transfers under way, latency included. */
  readonly mean_transfers: number;
  /**
   * Bytes moved / what the network cards of the replicas at one end could have moved; null where requests hold GPUs.
   * Above 1 only where transfers do not share: more moved than the cards could carry.
   */
  readonly utilization_from_nic: number | null;
  readonly utilization_to_nic: number | null;
  /** Bytes moved / what the fabric could have moved; null without a limit. */
  readonly utilization_fabric: number | null;
}

/** Time averages over equal bins from time 0, for plots. */
export interface PoolTimeline {
  readonly bin_s: number;
  /** Mean number of requests waiting in each bin. */
  readonly waiting: readonly number[];
  /** Mean number of busy GPUs in each bin. */
  readonly busy: readonly number[];
}

export interface PoolReport {
  readonly name: string;
  readonly gpus: number;
  /** How it batched; null for a pool whose GPUs each hold one request. */
  readonly batching: BatchingReport | null;
  /** Busy GPU-seconds inside the window / (gpus × window), from 0 to 1. */
  readonly utilization: number;
  /** Time average of the number waiting, over the window. */
  readonly mean_queue_length: number;
  readonly max_queue_length: number;
  /** From joining this pool's queue to getting a GPU, over the requests of the TTFT sample. */
  readonly waiting_s: Summary;
  /** GPU holding time, over the requests of the TTFT sample as far as it is known when the run ends. */
  readonly service_s: Summary;
  readonly timeline: PoolTimeline;
}

/**
 * SLO attainment over the requests that arrived inside the window.
 * A rejected or unfinished request misses; a one-token output has no TPOT to miss.
 */
export interface SloReport {
  readonly ttft_s: number | null;
  readonly tpot_s: number | null;
  /** Requests judged: arrivals inside the window. */
  readonly judged: number;
  /** Requests that met every SLO they have. */
  readonly met: number;
  /** met / judged, null when nothing arrived. */
  readonly attainment: number | null;
  readonly ttft_attainment: number | null;
  readonly tpot_attainment: number | null;
  /** met / window, requests per second. */
  readonly goodput_rps: number;
}

/**
 * `stable`: queues do not grow; percentiles describe the system.
 * `backlogged`: the run ends (or the arrivals end) with a burst still queued.
 * `overloaded`: a queue grows all along; tail percentiles depend on the run length.
 */
export interface Verdict {
  readonly state: 'stable' | 'backlogged' | 'overloaded';
  /** One sentence with the numbers that decided. */
  readonly reason: string;
  /** The pool that decided, null when stable. */
  readonly pool: string | null;
}

export interface SimulationReport {
  readonly mode: string;
  /** `steps` when replicas batch requests step by step, `token_rate` when a request holds a GPU. */
  readonly model: 'token_rate' | 'steps';
  readonly seed: number | string;
  /** False when the run was cancelled; every number then covers [0, end_s). */
  readonly finished: boolean;
  /** The run covered [0, end_s): sim_seconds, or past the last event when run until drained. */
  readonly end_s: number;
  /** The measurement window [from, to). */
  readonly window_s: readonly [from: number, to: number];
  readonly verdict: Verdict;
  readonly outcomes: Outcomes;
  /** Over requests whose first token falls in the window. */
  readonly ttft_s: Summary;
  /** Over requests completed in the window with two output tokens or more. */
  readonly tpot_s: Summary;
  /** Every gap between two tokens in a row of a request, pooled, where the later token falls in the window. */
  readonly itl_s: Summary;
  /** Over requests completed in the window. */
  readonly e2e_s: Summary;
  /** Completions in the window, and the tokens of these requests, per second of the window. */
  readonly completed_in_window: number;
  readonly throughput_rps: number;
  readonly prompt_tokens_per_s: number;
  readonly output_tokens_per_s: number;
  /** Prompt and output tokens together. */
  readonly total_tokens_per_s: number;
  /** The same for each GPU of all pools, null without GPUs. */
  readonly total_tokens_per_s_per_gpu: number | null;
  /** What a user sees of an answer that streams, 1 / mean TPOT; null when that is null or 0. */
  readonly output_tokens_per_s_per_user: number | null;
  /** Requests completed in the window that had been preempted at least once where they decode. */
  readonly preempted_requests: number;
  readonly pools: readonly PoolReport[];
  /** Links between pools on which transfers take time. */
  readonly links: readonly LinkReport[];
  /** Null when no first token falls in the window. */
  readonly breakdown: TtftBreakdown | null;
  readonly slo: SloReport | null;
  readonly quantiles: { readonly method: QuantileMethod; readonly relative_error: number };
}

export interface SimulationResult {
  readonly report: SimulationReport;
  /** TTFT samples in order of completion, seconds; null with `quantiles: 'histogram'`. */
  readonly ttft_s: Float64Array | null;
  /** One row per request that arrived, in id order; null unless the plan keeps requests. */
  readonly requests: RequestLog | null;
}
