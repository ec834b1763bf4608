/** A request at one replica, as the oracle holds it. Knows no replica. */
import type { Block } from './plain-blocks.ts';

/** A request as it comes. */
export interface WorkloadRow {
  readonly arrival_s: number;
  readonly prompt_tokens: number;
  readonly output_tokens: number;
  /** Of the blocks that its prompt begins with. */
  readonly hash_ids?: readonly number[];
}

/** What a step has computed of a prompt; cached tokens count with the chunk that found them. */
export interface Chunk {
  readonly tokens: number;
  readonly start_s: number;
  readonly end_s: number;
}

/** One request at one replica. */
export interface Visit {
  readonly id: number;
  readonly prompt_tokens: number;
  readonly output_tokens: number;
  /** The prompt's KV came with it: its first step here decodes. */
  readonly arrived_with_kv: boolean;
  /** Tokens whose KV is in the cache. */
  computed: number;
  /** Output tokens produced. */
  generated: number;
  /** What its KV blocks are called, from the first on, as far as they have a name. */
  readonly names: readonly string[];
  /** KV blocks it holds, in the order of its tokens. */
  blocks: Block[];
  /** KV blocks it has on the host. */
  swapped: number;
  preemptions: number;
  /** The chunks of its prompt since it last began with no KV, and those before. */
  chunks: Chunk[];
  readonly lost_chunks: Chunk[];
  /** When it was first admitted to the running set. */
  scheduled_s: number;
  prefill_end_s: number;
  /** When each of its tokens came. */
  readonly token_s: number[];
  completed_s: number;
}

export function newVisit(
  id: number,
  { prompt_tokens, output_tokens }: Pick<WorkloadRow, 'prompt_tokens' | 'output_tokens'>,
  names: readonly string[],
): Visit {
  return {
    id,
    prompt_tokens,
    output_tokens,
    names,
    swapped: 0,
    arrived_with_kv: false,
    computed: 0,
    generated: 0,
    blocks: [],
    preemptions: 0,
    chunks: [],
    lost_chunks: [],
    scheduled_s: Number.NaN,
    prefill_end_s: Number.NaN,
    token_s: [],
    completed_s: Number.NaN,
  };
}

/** The request on its decode replica: it brings all KV but that of one token, which the first decode step computes. */
export function afterTransfer(visit: Visit, blocks: Block[]): Visit {
  const { id, prompt_tokens, generated, token_s } = visit;
  return {
    ...newVisit(id, visit, []),
    arrived_with_kv: true,
    computed: prompt_tokens + generated - 1,
    generated,
    blocks,
    token_s: [...token_s],
  };
}

/** Tokens it has to compute now. */
export function uncomputed({ prompt_tokens, generated, computed }: Visit): number {
  return prompt_tokens + generated - computed;
}

/** What the KV blocks of a prompt are called: the block of the trace that the last token is in, and which one there. */
export function namesOf(
  { prompt_tokens, hash_ids = [] }: WorkloadRow,
  hashed: number,
  block_size: number,
): string[] {
  const names: string[] = [];
  for (let end = block_size; end <= prompt_tokens && end <= hash_ids.length * hashed; end += block_size) {
    const at = Math.floor((end - 1) / hashed);
    names.push(`${hash_ids[at]}/${end - at * hashed}`);
  }
  return names;
}
