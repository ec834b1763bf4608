/**
 * The oracle's link: when the last byte of a prompt arrives, for links that nobody shares.
 * Knows one transfer at a time; layers move part by part, as docs/model.md defines it.
 */
import type { KvLink } from '../../src/index.ts';
import type { Chunk, Visit } from './plain-visit.ts';

/** When a transfer that starts at `now` ends. */
export function transferEnd_s(
  link: KvLink | undefined,
  { prompt_tokens, chunks }: Visit,
  now: number,
): number {
  if (link === undefined) return now;
  if (link.overlap === 'layerwise') return link.latency_s + partByPart(chunks, link);
  return now + link.latency_s + (prompt_tokens * link.kv_bytes_per_token) / link.bandwidth_bytes_per_s;
}

/** Tokens whose KV a transfer has moved: layer by layer, those computed again moved again. */
export function tokensMoved(link: KvLink | undefined, { prompt_tokens, chunks, lost_chunks }: Visit): number {
  if (link?.overlap !== 'layerwise') return prompt_tokens;
  return [...lost_chunks, ...chunks].reduce((sum, { tokens }) => sum + tokens, 0);
}

/** Each layer of each chunk waits for its computation and for the part before it; says when the last has been sent. */
export function partByPart(chunks: readonly Chunk[], link: KvLink): number {
  const { layers = 1, kv_bytes_per_token, bandwidth_bytes_per_s } = link;
  let free_s = 0;
  for (const { tokens, start_s, end_s } of chunks) {
    const seconds = (tokens * kv_bytes_per_token) / layers / bandwidth_bytes_per_s;
    for (let layer = 1; layer <= layers; layer++)
      free_s = Math.max(free_s, end_s - ((end_s - start_s) * (layers - layer)) / layers) + seconds;
  }
  return free_s;
}
