/**
 * What a trace is once it is read: columns of requests and what a careful reader should know about them.
 * Knows no file format.
 */
import type { PrefixBlocks, ReplayWorkload } from '@llmsim/engine';
import type { TraceFormatName } from './formats/format.ts';

/** The requests of a trace as columns; the row is the id. */
export interface TraceWorkload extends ReplayWorkload {
  /** Seconds, ascending. */
  readonly arrival_s: Float64Array;
  readonly prompt_tokens: Int32Array;
  readonly output_tokens: Int32Array;
  /** Present when the file says any session: numbered in order of appearance, −1 where a row says none. */
  readonly session?: Int32Array;
  /** Present when the file has them and `hash_ids` was asked for. */
  readonly hash_ids?: PrefixBlocks;
}

/**
 * A trap that the trace holds, or that the reading had to decide about.
 * `time_unit`: the columns do not tell the unit. `time_grid`: arrivals share few distinct times.
 * `failed_requests`: rows without an answer were skipped. `late_start`: a long silence before the first request.
 * `block_size`: the hash ids do not fit the usual block size of the format.
 */
export interface TraceWarning {
  readonly trap: 'time_unit' | 'time_grid' | 'failed_requests' | 'late_start' | 'block_size';
  /** What it is and what to do about it, in whole sentences. */
  readonly message: string;
}

export interface Trace {
  readonly format: TraceFormatName;
  readonly workload: TraceWorkload;
  /** The workload as if read with another `seed`: only its jitter differs. Without jitter it is the same object. */
  readonly withSeed: (seed: number | string) => TraceWorkload;
  readonly warnings: readonly TraceWarning[];
}
