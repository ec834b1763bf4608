/**
 * How to read a trace: the options of the command line in the words of the library.
 */
import type { ReadTraceOptions, TraceFormatName } from '@llmsim/traces';

/** As commander gives them. */
export interface ReadingOptions {
  readonly format?: TraceFormatName;
  readonly limit?: number;
  readonly start?: number;
  readonly timeScale?: number;
  readonly jitter?: true;
  readonly sort?: true;
  readonly blockSize?: number;
  readonly quiet?: true;
}

export function readTraceOptions(options: ReadingOptions): ReadTraceOptions {
  const { format, limit, start: start_s, timeScale: time_scale, blockSize: block_size } = options;
  return {
    format,
    limit,
    start_s,
    time_scale,
    block_size,
    jitter: options.jitter ?? false,
    sort: options.sort ?? false,
    hash_ids: true,
  };
}
