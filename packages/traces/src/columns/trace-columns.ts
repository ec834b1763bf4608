/**
 * The columns of a trace while it is read and shaped. Knows no formats and no files.
 */
import type { PrefixBlocks } from '@llmsim/engine';
import { GrowingColumn } from './growing.ts';

/** Requests by row. */
export interface TraceColumns {
  readonly arrival_s: Float64Array;
  readonly prompt_tokens: Int32Array;
  readonly output_tokens: Int32Array;
  /** Absent when no row says a session; −1 where a row says none. */
  readonly session?: Int32Array;
  readonly hash_ids?: PrefixBlocks;
}

/** One request. */
export interface TraceRow {
  readonly arrival_s: number;
  readonly prompt_tokens: number;
  readonly output_tokens: number;
  /** −1 without one. */
  readonly session: number;
  /** Empty when its prefix is not known. */
  readonly hash_ids: readonly number[];
}

/** Takes requests one by one. */
export class ColumnBuilder {
  readonly #arrival_s = new GrowingColumn((length) => new Float64Array(length));
  readonly #prompt_tokens = new GrowingColumn((length) => new Int32Array(length));
  readonly #output_tokens = new GrowingColumn((length) => new Int32Array(length));
  readonly #session = new GrowingColumn((length) => new Int32Array(length));
  readonly #offsets = new GrowingColumn((length) => new Int32Array(length));
  readonly #ids = new GrowingColumn((length) => new Int32Array(length));
  #sessions = false;

  get length(): number {
    return this.#arrival_s.length;
  }

  push({ arrival_s, prompt_tokens, output_tokens, session, hash_ids }: TraceRow): void {
    this.#arrival_s.push(arrival_s);
    this.#prompt_tokens.push(prompt_tokens);
    this.#output_tokens.push(output_tokens);
    this.#session.push(session);
    this.#sessions ||= session >= 0;
    this.#offsets.push(this.#ids.length);
    for (let i = 0; i < hash_ids.length; i++) this.#ids.push(hash_ids[i] ?? 0);
  }

  /** The columns; with `hash_ids` when any request had some and a block size is given. */
  finished(block_size: number | null): TraceColumns {
    const columns = {
      arrival_s: this.#arrival_s.finished(),
      prompt_tokens: this.#prompt_tokens.finished(),
      output_tokens: this.#output_tokens.finished(),
      ...(this.#sessions ? { session: this.#session.finished() } : {}),
    };
    if (block_size === null || this.#ids.length === 0) return columns;
    this.#offsets.push(this.#ids.length);
    return {
      ...columns,
      hash_ids: { block_size, offsets: this.#offsets.finished(), ids: this.#ids.finished() },
    };
  }
}
