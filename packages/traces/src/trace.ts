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

/** Arrivals before they were spread, and how they were. */
export interface Jitter {
  /** Seconds of the trace, before scaling. */
  readonly arrival_s: Float64Array;
  /** Over how many seconds of the trace each arrival is spread. */
  readonly spread_s: number;
  readonly time_scale: number;
}

export interface Trace {
  readonly format: TraceFormatName;
  readonly workload: TraceWorkload;
  /** What jitter did to the arrivals, for `withSeed`; null without jitter. */
  readonly jitter: Jitter | null;
  readonly warnings: readonly TraceWarning[];
}
