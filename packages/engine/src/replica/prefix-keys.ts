/**
 * What the KV blocks of prompts are called, so that equal blocks have equal names: a block of the engine is named
 * after the block of the trace that holds its last token, and its place among those there.
 * Knows no cache. The ids of a trace stand for a block and all before it, so the name does, too.
 */
import type { PrefixBlocks } from '../records/prefix-blocks.ts';

export class PrefixKeys {
  readonly #prefixes: PrefixBlocks;
  readonly #block_size: number;
  /** More than the blocks of the engine that end in one block of the trace. */
  readonly #span: number;

  /** Of KV blocks of `block_size` tokens. */
  constructor(prefixes: PrefixBlocks, block_size: number) {
    this.#prefixes = prefixes;
    this.#block_size = block_size;
    this.#span = Math.ceil(prefixes.block_size / block_size);
  }

  /** The leading blocks of request `id` that have a name: whole ones, inside its prompt and its hash ids. */
  count(id: number, prompt_tokens: number): number {
    const { offsets, block_size } = this.#prefixes;
    const hashed = ((offsets[id + 1] ?? 0) - (offsets[id] ?? 0)) * block_size;
    return Math.floor(Math.min(prompt_tokens, hashed) / this.#block_size);
  }

  /** The name of its block `index`, below `count`: a whole number that floats hold exactly. */
  key(id: number, index: number): number {
    const { offsets, ids, block_size } = this.#prefixes;
    const last = (index + 1) * this.#block_size - 1;
    const hashed = Math.floor(last / block_size);
    const first = Math.floor((hashed * block_size) / this.#block_size);
    return (ids[(offsets[id] ?? 0) + hashed] ?? 0) * this.#span + (index - first);
  }
}
