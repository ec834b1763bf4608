/** How much of the prompts a prefix cache could spare. Knows no cache that forgets. */
import type { PrefixBlocks } from '@llmsim/engine';

/**
 * The part of all prompt tokens that a cache without bounds would hold: for each prompt in order, its leading blocks
 * that came in an earlier prompt. Blocks count whole; the last one of a prompt has the tokens that are left.
 */
export function prefixHitRate(blocks: PrefixBlocks, prompt_tokens: ArrayLike<number>): number {
  const { block_size, offsets, ids } = blocks;
  const seen = new Set<number>();
  let hits = 0;
  let all = 0;
  for (let row = 0; row < prompt_tokens.length; row++) {
    const length = prompt_tokens[row] ?? 0;
    const from = offsets[row] ?? 0;
    const to = offsets[row + 1] ?? from;
    let end = from;
    while (end < to && seen.has(ids[end] ?? -1)) end++;
    hits += Math.min((end - from) * block_size, length);
    all += length;
    for (let i = end; i < to; i++) seen.add(ids[i] ?? 0);
  }
  return hits / all;
}
