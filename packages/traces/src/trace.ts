/**
 * What a trace is once it is read: columns of requests and what a careful reader should know about them.
 * Knows no file format.
 */
import type { ReplayWorkload } from '@llmsim/engine';
import type { TraceFormatName } from './formats/format.ts';

/** The requests of a trace as columns; the row is the id. */
export interface TraceWorkload extends ReplayWorkload {
  /** Seconds, ascending. */
  readonly arrival_s: Float64Array;
  readonly prompt_tokens: Int32Array;
  readonly output_tokens: Int32Array;
}

/**
 * Which blocks of tokens each prompt starts with: equal ids stand for equal blocks with equal blocks before them.
 * The ids of row i are `ids[offsets[i]]` up to, not including, `ids[offsets[i + 1]]`.
 */
export interface PrefixBlocks {
  /** Tokens in a block; the last block of a prompt may hold fewer. */
  readonly block_size: number;
  /** One more than there are rows. */
  readonly offsets: Int32Array;
  readonly ids: Int32Array;
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
  readonly warnings: readonly TraceWarning[];
  /** Present when the file has them and `hash_ids` was asked for. */
  readonly hash_ids?: PrefixBlocks;
}
