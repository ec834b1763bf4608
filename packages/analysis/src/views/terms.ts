/** The names that reports use, by what they belong to. Knows no meaning: `definitions` does. */

/** A name in a report, or a statistic of it. */
export type TermName =
  | LatencyTerm
  | StatisticTerm
  | PoolTerm
  | BatchTerm
  | LinkTerm
  | RequestStageTerm
  | ThroughputTerm
  | SloTerm
  | OutcomeTerm
  | WarmUpTerm
  | VerdictTerm;

export type LatencyTerm = 'ttft_s' | 'tpot_s' | 'itl_s' | 'e2e_s';
export type StatisticTerm = 'mean' | 'p50' | 'p90' | 'p95' | 'p99' | 'max' | 'share';
export type PoolTerm =
  | 'pool'
  | 'gpus'
  | 'utilization'
  | 'mean_queue_length'
  | 'max_queue_length'
  | 'waiting_mean_s'
  | 'waiting_p99_s'
  | 'service_mean_s';
export type BatchTerm =
  | 'replicas'
  | 'mean_batch_size'
  | 'max_batch_size'
  | 'mean_kv_use'
  | 'max_kv_use'
  | 'engine_steps'
  | 'preemptions'
  | 'never_fit'
  | 'prefix_hit_rate'
  | 'swaps_out'
  | 'swaps_in'
  | 'swapped_out_bytes'
  | 'swapped_in_bytes'
  | 'host_link_utilization';
export type LinkTerm =
  | 'link'
  | 'transfers'
  | 'transferred_bytes'
  | 'transferred_bytes_per_s'
  | 'mean_transfers'
  | 'utilization_from_nic'
  | 'utilization_to_nic'
  | 'utilization_fabric';
export type TtftPartTerm =
  | 'prefill_queue_s'
  | 'prefill_s'
  | 'transfer_wait_s'
  | 'transfer_s'
  | 'decode_queue_s'
  | 'first_decode_step_s';
/** A part of a request's life: those of its TTFT, and what comes after. */
export type RequestStageTerm = TtftPartTerm | 'further_tokens_s';
export type ThroughputTerm =
  | 'completed_in_window'
  | 'throughput_rps'
  | 'goodput_rps'
  | 'prompt_tokens_per_s'
  | 'output_tokens_per_s'
  | 'total_tokens_per_s'
  | 'total_tokens_per_s_per_gpu'
  | 'output_tokens_per_s_per_user'
  | 'preempted_requests';
export type SloTerm = 'attainment';
export type OutcomeTerm = 'arrivals' | 'completed' | 'rejected' | 'in_flight';
export type WarmUpTerm = 'warmup_seconds' | 'mser5_s';
export type VerdictTerm = 'stable' | 'backlogged' | 'overloaded';
