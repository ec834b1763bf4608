/**
 * Gives the prefix blocks of a trace their size. Knows no files.
 */
import type { TraceColumns } from '../columns/trace-columns.ts';
import type { TraceFormat } from '../formats/format.ts';
import { fittingBlockSize } from '../shaping/block-size.ts';
import type { TraceWarning } from '../trace.ts';

/** The columns with the block size that was given or that fits, and a warning when it is not the usual one. */
export function withBlockSize(
  columns: TraceColumns,
  format: TraceFormat,
  given: number | undefined,
): { readonly columns: TraceColumns; readonly warning: TraceWarning | null } {
  const { hash_ids, prompt_tokens } = columns;
  const usual = format.columns.hash_ids;
  if (hash_ids === undefined || usual === undefined) return { columns, warning: null };
  if (given !== undefined)
    return { columns: { ...columns, hash_ids: { ...hash_ids, block_size: given } }, warning: null };
  const fitting = fittingBlockSize(hash_ids, prompt_tokens, usual.block_size);
  const block_size = fitting ?? usual.block_size;
  const sized = { ...columns, hash_ids: { ...hash_ids, block_size } };
  if (fitting === usual.block_size) return { columns: sized, warning: null };
  const message =
    fitting === null
      ? `${usual.name} fit no usual block size; taken as blocks of ${block_size} tokens. Give block_size to decide.`
      : `${usual.name} fit blocks of ${fitting} tokens, not ${usual.block_size} as usual in this format.`;
  return { columns: sized, warning: { trap: 'block_size', message } };
}
