/**
 * Transfers that begin while the prompt is still being computed, layer by layer, over a link that nobody shares.
 * Knows the chunks of a prompt and when each is computed; knows no queue, and no transfer slows another down.
 *
 * A chunk of n tokens computed from a to b counts as `layers` equal parts: layer l is done at a + (b − a)·l/layers
 * and its KV, n·kv_bytes_per_token/layers bytes, may move from then on, once the request may send. The parts move one
 * after the other, in order, at the bandwidth of the link. Within a chunk parts become ready at equal distances and are
 * equally large, so the last byte waits either for the first part and then moves all, or for the last part and moves
 * only that.
 */
import type { RequestSlot } from '../records/request-table.ts';
import type { KvLink } from './kv-link.ts';

interface Chunk {
  readonly tokens: number;
  readonly start_s: number;
  readonly end_s: number;
  /** It continues the chunk before it: it is not the first, nor the first after the prompt lost its KV. */
  readonly continues: boolean;
}

/** How far a prompt is. */
interface Progress {
  tokens: number;
  /** When it may send, seconds. */
  held_s: number;
  /** Also those from before it lost its KV and started again. */
  readonly chunks: Chunk[];
}

export class LayerOverlap {
  readonly #layers: number;
  readonly #tokenSeconds: number;
  readonly #bytes_per_token: number;
  readonly #moves: (bytes: number, from_s: number, to_s: number) => void;
  readonly #progress = new Map<RequestSlot, Progress>();

  /** `moves` is told how the bytes of a transferred prompt moved: chunk by chunk, each as if evenly. */
  constructor(link: KvLink, moves: (bytes: number, from_s: number, to_s: number) => void = () => {}) {
    this.#bytes_per_token = link.kv_bytes_per_token;
    this.#moves = moves;
    this.#layers = link.layers ?? 1;
    this.#tokenSeconds = link.kv_bytes_per_token / link.bandwidth_bytes_per_s;
  }

  /** What is ready of `slot` may move from `now` on. */
  held(slot: RequestSlot, now: number): void {
    this.#of(slot).held_s = now;
  }

  /**
   * The prompt of `slot` grows from `before` to `after` tokens in a step from `start_s` to `end_s`. A prompt that
   * starts again, `before` being 0, moves again; what a chunk found in a cache counts as computed in that chunk.
   */
  computes(slot: RequestSlot, before: number, after: number, start_s: number, end_s: number): void {
    const progress = this.#of(slot);
    const continues = progress.tokens === before && before > 0;
    progress.chunks.push({ tokens: after - (continues ? before : 0), start_s, end_s, continues });
    progress.tokens = after;
  }

  /** When the last byte of a prompt that has been computed is sent, seconds; forgets the request. */
  takeSent(slot: RequestSlot): number {
    const { chunks, held_s } = this.#of(slot);
    this.#progress.delete(slot);
    let sent_s = Number.NaN;
    for (const { tokens, start_s, end_s, continues } of chunks) {
      const all = tokens * this.#tokenSeconds;
      const firstDone = start_s + (end_s - start_s) / this.#layers;
      const first_s = Math.max(continues ? sent_s : start_s, firstDone, held_s);
      sent_s = Math.max(first_s + all, end_s + all / this.#layers);
      this.#moves(tokens * this.#bytes_per_token, first_s, sent_s);
    }
    return sent_s;
  }

  #of(slot: RequestSlot): Progress {
    let progress = this.#progress.get(slot);
    if (progress === undefined) {
      progress = { tokens: 0, held_s: Number.NEGATIVE_INFINITY, chunks: [] };
      this.#progress.set(slot, progress);
    }
    return progress;
  }
}
