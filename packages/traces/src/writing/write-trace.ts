/**
 * A trace as text in any format. Knows no files.
 */
import type { PrefixBlocks, ReplayWorkload } from '@llmsim/engine';
import type { HashIdColumn, TraceFormatName, TraceRequest } from '../formats/format.ts';
import { formatNamed } from '../formats/table.ts';

/** What can be written: a trace that was read, or any workload given row by row. */
export interface WritableTrace {
  readonly workload: ReplayWorkload;
}

/** Rows joined into one piece of text. */
const ROWS_A_PIECE = 1024;

/**
 * The text of a trace in pieces, each of whole lines. What the format cannot say is left out or rounded; ask
 * `conversionLosses` what that is. Every cell is a number, so there is nothing to quote.
 *
 * @example
 * for (const text of writeTrace(trace, 'csv')) process.stdout.write(text);
 */
export function* writeTrace(trace: WritableTrace, format_name: TraceFormatName): Generator<string> {
  const format = formatNamed(format_name);
  const { arrival_s, prompt_tokens, output_tokens } = trace.workload;
  const blocks = writableBlocks(trace, format.columns.hash_ids);
  const session = format.columns.session === undefined ? undefined : trace.workload.session;
  if (format.header !== undefined) yield `${format.header(session !== undefined)}\n`;
  for (let from = 0; from < arrival_s.length; from += ROWS_A_PIECE) {
    let text = '';
    for (let id = from; id < Math.min(from + ROWS_A_PIECE, arrival_s.length); id++) {
      const request: TraceRequest = {
        id,
        arrival_s: arrival_s[id] ?? 0,
        prompt_tokens: prompt_tokens[id] ?? 0,
        output_tokens: output_tokens[id] ?? 0,
        ...(session === undefined ? {} : { session: session[id] ?? -1 }),
      };
      const hash_ids = blocks?.ids.subarray(blocks.offsets[id], blocks.offsets[id + 1]);
      text += `${format.line(hash_ids === undefined ? request : { ...request, hash_ids })}\n`;
    }
    yield text;
  }
}

/** The blocks that a format can hold, or undefined. */
export function writableBlocks(
  { workload: { hash_ids } }: WritableTrace,
  column: HashIdColumn | undefined,
): PrefixBlocks | undefined {
  if (hash_ids === undefined || column === undefined) return undefined;
  return column.fixed && column.block_size !== hash_ids.block_size ? undefined : hash_ids;
}
