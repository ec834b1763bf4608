/**
 * Reads a trace from beginning to end: the one place where text, rows, formats and shaping meet.
 */
import type { TraceFormat } from '../formats/format.ts';
import { ownFormat } from '../formats/own.ts';
import { formatNamed } from '../formats/table.ts';
import type { TraceProblem } from '../problem.ts';
import { checkOptions, type ReadTraceOptions } from '../shaping/options.ts';
import { shaped, sorted } from '../shaping/shape.ts';
import { decoded, type TraceChunks } from '../text/decode.ts';
import { lineBatches } from '../text/lines.ts';
import type { Trace } from '../trace.ts';
import { withBlockSize } from './prefix-blocks.ts';
import { MOST_SECONDS } from './row-values.ts';
import { TraceFile } from './trace-file.ts';
import { warningsOf } from './warnings.ts';

/** A trace, or everything that is wrong with the file; never half of one. */
export type TraceResult =
  | { readonly ok: true; readonly trace: Trace }
  | {
      readonly ok: false;
      /** The first ones, in order of the file. */
      readonly problems: readonly TraceProblem[];
      /** How many there are beyond these. */
      readonly more_problems: number;
    };

/**
 * Reads a request trace as a stream. A mistake in the file is a problem in the result; an error of the stream itself
 * rejects.
 *
 * @throws RangeError when an option has no meaning, such as `limit: 0`.
 * @example
 * const result = await readTrace(createReadStream('day.csv'), { file: 'day.csv', limit: 1000 });
 * if (result.ok) simulate({ ...plan, workload: result.trace.workload });
 * else for (const problem of result.problems) console.error(formatTraceProblem(problem));
 */
export async function readTrace(chunks: TraceChunks, options: ReadTraceOptions = {}): Promise<TraceResult> {
  checkOptions(options);
  const { start_s = 0, limit, sort = false, hash_ids = false } = options;
  const count = sort ? Number.POSITIVE_INFINITY : (limit ?? Number.POSITIVE_INFINITY);
  const file = new TraceFile(options.file ?? 'trace', {
    format: formatOf(options.format),
    any_order: sort,
    keep_hash_ids: hash_ids,
    enough: { count, start_s },
  });
  await readLines(chunks, file);
  const trace = file.problems.none ? traceOf(file, options) : null;
  if (trace !== null) return { ok: true, trace };
  return { ok: false, problems: file.problems.listed, more_problems: file.problems.more };
}

function formatOf(format: ReadTraceOptions['format']): TraceFormat | null {
  if (format === undefined) return null;
  return typeof format === 'object' ? ownFormat(format) : formatNamed(format);
}

async function readLines(chunks: TraceChunks, file: TraceFile): Promise<void> {
  for await (const batch of lineBatches(decoded(chunks))) {
    if (!(await file.read(batch))) return;
  }
  await file.end();
}

/** The trace, or null after reporting why there is none. */
function traceOf(file: TraceFile, options: ReadTraceOptions): Trace | null {
  const { format } = file;
  if (format === null) return refused(file, 'this file is empty', 'Give a trace with at least one request.');
  if (file.builder.length === 0) {
    return file.failed === 0
      ? refused(file, 'no requests follow', 'Give a trace with at least one request.')
      : refused(file, `all ${file.failed} requests failed (0 output tokens)`, 'Give a trace with answers.');
  }
  const read = file.builder.finished(format.columns.hash_ids?.block_size ?? null);
  const all = options.sort === true ? sorted(read, format.time.absolute) : read;
  const first_s = all.arrival_s[0] ?? 0;
  const last_s = all.arrival_s.at(-1) ?? 0;
  const part = shaped(all, options);
  if (part.columns.arrival_s.length === 0) {
    const message = `no request arrives at or after start_s: ${options.start_s}; the last one arrives at ${last_s} s`;
    return refused(file, message, 'Give an earlier start_s.');
  }
  if ((part.columns.arrival_s.at(-1) ?? 0) > MOST_SECONDS) {
    const message = `time_scale: ${options.time_scale} takes the last request beyond ${MOST_SECONDS} s`;
    return refused(file, message, 'Give a smaller time_scale.');
  }
  const { columns, warning } = withBlockSize(part.columns, format, options.block_size);
  const reading = {
    format,
    rows: file.builder.length,
    failed: file.failed,
    span_s: last_s - first_s,
    first_s,
    shaped: part,
  };
  const warnings = [...warningsOf(reading, options), ...(warning === null ? [] : [warning])];
  return { format: format.name, warnings, workload: { kind: 'replay', ...columns }, jitter: part.jitter };
}

function refused(file: TraceFile, message: string, fix: string): null {
  file.problem({ line: Math.max(file.last_line, 1), column: 1 }, message, fix);
  return null;
}
