/**
 * Transfers that begin while the prompt is still being computed, layer by layer.
 * Knows the chunks of a prompt and when each was computed; knows no queue, and no transfer slows another down.
 *
 * A chunk of n tokens computed from a to b counts as `layers` equal parts: layer l is done at a + (b − a)·l/layers
 * and its KV, n·kv_bytes_per_token/layers bytes, may move from then on. The parts move one after the other, in
 * order, at the bandwidth of the link. Within a chunk parts become ready at equal distances and are equally large, so
 * the last byte waits either for the first part and then moves all, or for the last part and moves only that.
 */
import type { RequestSlot } from '../records/request-table.ts';
import type { KvLink } from './kv-link.ts';

/** How far a prompt is. */
interface Progress {
  tokens: number;
  /** When the last byte of these tokens has been sent, seconds. */
  sent_s: number;
  /** What has moved for it, also before it lost its KV and started again. */
  readonly moves: ReadonlyArray<readonly [bytes: number, from_s: number, to_s: number]>;
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

  /**
   * The prompt of `slot` grew from `before` to `after` tokens in a step from `start_s` to `end_s`. A prompt that
   * starts again, `before` being 0, moves again; what a chunk found in a cache counts as computed in that chunk.
   */
  computed(slot: RequestSlot, before: number, after: number, start_s: number, end_s: number): void {
    const known = this.#progress.get(slot);
    const continues = known?.tokens === before;
    const earlier = known !== undefined && continues ? known : { tokens: 0, sent_s: start_s };
    const all = (after - earlier.tokens) * this.#tokenSeconds;
    const firstDone = start_s + (end_s - start_s) / this.#layers;
    const first_s = Math.max(earlier.sent_s, firstDone);
    const sent_s = Math.max(first_s + all, end_s + all / this.#layers);
    const bytes = (after - earlier.tokens) * this.#bytes_per_token;
    const moves = [...(known?.moves ?? []), [bytes, first_s, sent_s] as const];
    this.#progress.set(slot, { tokens: after, sent_s, moves });
  }

  /** When the last byte of a prompt that has been computed is sent, seconds; forgets the request. */
  takeSent(slot: RequestSlot): number {
    const { sent_s, moves } = this.#progress.get(slot) ?? { sent_s: Number.NaN, moves: [] };
    this.#progress.delete(slot);
    for (const move of moves) this.#moves(...move);
    return sent_s;
  }

  /** The request of `slot` is gone without a transfer. */
  forget(slot: RequestSlot): void {
    this.#progress.delete(slot);
  }
}
