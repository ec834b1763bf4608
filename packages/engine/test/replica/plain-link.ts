/**
 * The oracle's link: when the last byte of a prompt arrives, for links that nobody shares, and what its parts are.
 * Knows one transfer at a time; layers move part by part, as docs/model.md defines it.
 */
import type { KvLink } from '../../src/index.ts';
import type { Chunk, Visit } from './plain-visit.ts';

/** When a transfer that starts at `now` and whose parts may move since `held_s` ends. */
export function transferEnd_s(
  link: KvLink | undefined,
  { prompt_tokens, chunks }: Visit,
  held_s: number,
  now: number,
): number {
  if (link === undefined) return now;
  if (link.overlap === 'layerwise') return link.latency_s + partByPart(chunks, link, held_s);
  return now + link.latency_s + (prompt_tokens * link.kv_bytes_per_token) / link.bandwidth_bytes_per_s;
}

/** Tokens whose KV a transfer has moved: layer by layer, those computed again moved again. */
export function tokensMoved(link: KvLink | undefined, { prompt_tokens, chunks, lost_chunks }: Visit): number {
  if (link?.overlap !== 'layerwise') return prompt_tokens;
  return [...lost_chunks, ...chunks].reduce((sum, { tokens }) => sum + tokens, 0);
}

/**
 * Each layer of each chunk waits for `held_s`, its computation and the part before it; says when the last has been sent.
 */
export function partByPart(chunks: readonly Chunk[], link: KvLink, held_s = 0): number {
  const seconds = 1 / link.bandwidth_bytes_per_s;
  let free_s = held_s;
  for (const chunk of chunks)
    for (const { bytes, ready_s } of partsOf(chunk, link))
      free_s = Math.max(free_s, ready_s) + bytes * seconds;
  return free_s;
}

/** The layers of a chunk, in order. */
export function partsOf({ tokens, start_s, end_s }: Chunk, { layers = 1, kv_bytes_per_token }: KvLink) {
  return Array.from({ length: layers }, (_, layer) => ({
    bytes: (tokens * kv_bytes_per_token) / layers,
    ready_s: end_s - ((end_s - start_s) * (layers - 1 - layer)) / layers,
  }));
}
