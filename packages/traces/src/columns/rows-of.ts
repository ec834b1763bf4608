/**
 * Choosing and ordering rows of columns. Knows no reasons to.
 */
import type { PrefixBlocks } from '../trace.ts';
import type { TraceColumns } from './trace-columns.ts';

/** The given rows, in the given order. */
export function rowsOf(columns: TraceColumns, rows: Int32Array): TraceColumns {
  const arrival_s = new Float64Array(rows.length);
  const prompt_tokens = new Int32Array(rows.length);
  const output_tokens = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    arrival_s[i] = columns.arrival_s[row] ?? 0;
    prompt_tokens[i] = columns.prompt_tokens[row] ?? 0;
    output_tokens[i] = columns.output_tokens[row] ?? 0;
  }
  const shaped = { arrival_s, prompt_tokens, output_tokens };
  return columns.hash_ids === undefined
    ? shaped
    : { ...shaped, hash_ids: blocksOfRows(columns.hash_ids, rows) };
}

function blocksOfRows({ block_size, offsets, ids }: PrefixBlocks, rows: Int32Array): PrefixBlocks {
  const moved = new Int32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    moved[i + 1] = (moved[i] ?? 0) + (offsets[row + 1] ?? 0) - (offsets[row] ?? 0);
  }
  const chosen = new Int32Array(moved[rows.length] ?? 0);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    chosen.set(ids.subarray(offsets[row], offsets[row + 1]), moved[i]);
  }
  return { block_size, offsets: moved, ids: chosen };
}
