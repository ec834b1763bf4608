/**
 * How to read a trace. Knows no files.
 */
import type { TraceFormatName } from '../formats/format.ts';
import type { OwnTraceFormat } from '../formats/own.ts';

/** What is undefined is as if left out. */
export interface ReadTraceOptions {
  /** What problems call the file. Default `trace`. */
  readonly file?: string;
  /** The name of a format, or columns of one's own. Absent: found by the column names. */
  readonly format?: TraceFormatName | OwnTraceFormat | undefined;
  /** Keep this many requests at most; reading stops once they are there, unless `sort`. */
  readonly limit?: number | undefined;
  /** Drop requests before this second of the trace, which becomes second 0. Default 0. */
  readonly start_s?: number | undefined;
  /** Multiply every time: 0.5 doubles the load. Default 1. */
  readonly time_scale?: number | undefined;
  /**
   * Spread arrivals uniformly and sort their times again; rows keep their order, so ids are still rows of the file.
   * `auto` or true: over the cell of the time grid, if there is one; a number: over so many seconds of the trace.
   * Default false.
   */
  readonly jitter?: 'auto' | boolean | number | undefined;
  /** Names the random substream of the jitter. Default 0. */
  readonly seed?: number | string;
  /** Put requests in order of arrival, ties in order of the file; otherwise disorder is a problem. Default false. */
  readonly sort?: boolean;
  /** Keep the ids of prefix blocks. Default false. */
  readonly hash_ids?: boolean;
  /** Tokens in a prefix block. Absent: what the lengths of the prompts say. */
  readonly block_size?: number | undefined;
}

/** Refuses options that have no meaning. */
export function checkOptions(options: ReadTraceOptions): void {
  const { limit = 1, start_s = 0, time_scale = 1, jitter = 0, block_size = 1 } = options;
  requireThat(isCount(limit), 'limit must be a whole number of at least 1', limit);
  requireThat(start_s >= 0 && Number.isFinite(start_s), 'start_s must be at least 0 and finite', start_s);
  requireThat(time_scale > 0 && Number.isFinite(time_scale), 'time_scale must be positive', time_scale);
  requireThat(isCount(block_size), 'block_size must be a whole number of at least 1', block_size);
  const spread = typeof jitter === 'number' ? jitter : 0;
  requireThat(spread >= 0 && Number.isFinite(spread), 'jitter must be at least 0 and finite', spread);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}

function requireThat(holds: boolean, rule: string, value: number): void {
  if (!holds) throw new RangeError(`${rule}, got ${value}`);
}
