/**
 * Choosing and ordering rows of columns. Knows no reasons to.
 */
import type { PrefixBlocks } from '@llmsim/engine';
import type { TraceColumns } from './trace-columns.ts';

/** The given rows, in the given order. */
export function rowsOf(columns: TraceColumns, rows: Int32Array): TraceColumns {
  const { arrival_s, prompt_tokens, output_tokens, session, hash_ids } = columns;
  const chosen = (column: Int32Array): Int32Array => rows.map((row) => column[row] ?? 0);
  return {
    arrival_s: Float64Array.from(rows, (row) => arrival_s[row] ?? 0),
    prompt_tokens: chosen(prompt_tokens),
    output_tokens: chosen(output_tokens),
    ...(session === undefined ? {} : { session: chosen(session) }),
    ...(hash_ids === undefined ? {} : { hash_ids: blocksOfRows(hash_ids, rows) }),
  };
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
