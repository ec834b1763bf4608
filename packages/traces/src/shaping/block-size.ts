/**
 * How many tokens a prefix block holds, judged by the lengths of the prompts. Knows no formats.
 */
import type { PrefixBlocks } from '@llmsim/engine';

const USUAL = [16, 32, 64, 128, 256, 512, 1024];

/**
 * The first of `expected` and the usual block sizes that fits every prompt, or null: as many ids as the prompt has
 * blocks, the last partial one counted or not. Prompts without ids say nothing.
 */
export function fittingBlockSize(
  { offsets }: PrefixBlocks,
  prompt_tokens: Int32Array,
  expected: number,
): number | null {
  const fits = (size: number): boolean =>
    prompt_tokens.every((length, row) => {
      const ids = (offsets[row + 1] ?? 0) - (offsets[row] ?? 0);
      return ids === 0 || ids === Math.floor(length / size) || ids === Math.ceil(length / size);
    });
  return [expected, ...USUAL].find(fits) ?? null;
}
