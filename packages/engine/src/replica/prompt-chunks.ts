/**
 * The chunks of prompts as somebody outside a pool is told of them. Knows which prompts have lost their KV; knows no
 * blocks and no link.
 */
import type { RequestSlot } from '../records/request-table.ts';

/**
 * A prompt grows from `before` to `after` computed tokens in a step from `start_s`, which is now, to `end_s`. `before`
 * is 0 in the first chunk after it lost its KV, whatever of it a cache still held.
 */
export type ChunkWatcher = (
  slot: RequestSlot,
  before: number,
  after: number,
  start_s: number,
  end_s: number,
) => void;

export class PromptChunks {
  readonly #watcher: ChunkWatcher;
  /** Have lost their KV and wait. */
  readonly #lost = new Set<RequestSlot>();
  /** Have been admitted since; their next chunk begins anew. */
  readonly #again = new Set<RequestSlot>();

  constructor(watcher: ChunkWatcher) {
    this.#watcher = watcher;
  }

  /** A prompt loses its KV. The chunk of the step that begins now, fixed ahead, is still to be told. */
  lost(slot: RequestSlot): void {
    this.#lost.add(slot);
  }

  /** A request is admitted to the running set. */
  admitted(slot: RequestSlot): void {
    if (this.#lost.delete(slot)) this.#again.add(slot);
  }

  /** A step that computes a chunk begins. */
  begins(slot: RequestSlot, before: number, after: number, start_s: number, end_s: number): void {
    this.#watcher(slot, this.#again.delete(slot) ? 0 : before, after, start_s, end_s);
  }
}
