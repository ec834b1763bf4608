/**
 * The public names of the trace library.
 *
 * @packageDocumentation
 */
export type {
  HashIdColumn,
  TimeColumn,
  TraceFormat,
  TraceFormatName,
  TraceRequest,
} from './formats/format.ts';
export type { OwnTraceFormat } from './formats/own.ts';
export { TRACE_FORMATS } from './formats/table.ts';
export { formatTraceProblem, MOST_PROBLEMS, type Place, type TraceProblem } from './problem.ts';
export { readTrace, type TraceResult } from './reading/read-trace.ts';
export { cellPlace } from './rows/csv-record.ts';
export { withSeed } from './shaping/jitter.ts';
export type { ReadTraceOptions } from './shaping/options.ts';
export { inspectTrace, type LengthStatistics, type TraceStatistics } from './statistics/inspect-trace.ts';
export type { TraceChunks } from './text/decode.ts';
export { type ReadableWebStream, webStreamChunks } from './text/web-stream.ts';
export type { Jitter, Trace, TraceWarning, TraceWorkload } from './trace.ts';
export { conversionLosses } from './writing/losses.ts';
export { type WritableTrace, writeTrace } from './writing/write-trace.ts';
