/**
 * What a replica is told and what it tells. Knows no schedule.
 */
import type { RequestSlot } from '../records/request-table.ts';
import type { KvReuse } from './kv-reuse.ts';
import type { StepTime } from './step-time.ts';

/** How a replica batches; the names are those of the serving engines. */
export interface ReplicaSpec extends KvReuse {
  /** Most requests running at once. */
  readonly max_num_seqs: number;
  /** Most tokens computed in a step; at least `max_num_seqs`. */
  readonly max_num_batched_tokens: number;
  /** Whether a prompt may be computed in parts. */
  readonly enable_chunked_prefill: boolean;
  /** Tokens in a KV block. */
  readonly block_size: number;
  /** KV blocks; absent: unlimited. */
  readonly num_gpu_blocks?: number | undefined;
  readonly step_time: StepTime;
  /**
   * Whether the batch of a step is fixed when the step before it begins, as vLLM does by default since 0.14: who
   * arrives during a step is not in the next step but in the one after it. Default false: a step's batch is fixed as
   * it begins.
   */
  readonly async_scheduling?: boolean | undefined;
  /** GPUs that it runs on, default 1; `step_time` is that of all of them together. */
  readonly tensor_parallel_size?: number | undefined;
}

/** Which part of a request's life a replica covers. */
export type ReplicaStage = 'prefill' | 'decode' | 'prefill_and_decode';

/** What a replica tells its pool. */
export interface ReplicaHost {
  /** `slot` joins the running set for the first time on this replica. */
  scheduled(slot: RequestSlot): void;
  /** A request is admitted for the first time, with `found` tokens of its prompt in the prefix cache. */
  found(prompt_tokens: number, found: number): void;
  /** The step being scheduled copies a request to the host or back. */
  copied(way: 'out' | 'in', bytes: number): void;
  /** All tokens of the prompt are computed for the first time. */
  prefilled(slot: RequestSlot): void;
  /** `slot` produced its first token. */
  firstToken(slot: RequestSlot): void;
  /** A request outside the decode set got a token `gap_s` after the one before. */
  token(gap_s: number): void;
  /** The blocks that `slot` asked for are held for it. */
  reserved(slot: RequestSlot): void;
  /** `slot` leaves the replica; those that leave at the same instant do so in order of id. */
  left(slot: RequestSlot): void;
  /** `slot` lost its KV, or left it to the host, and waits again. */
  preempted(slot: RequestSlot): void;
  /** The number waiting changed. */
  waiting(change: number): void;
  /** Whether a step is under way changed. */
  busy(change: number): void;
}
