/**
 * Requests whose layers move ahead of their prompt: where they go, whether blocks are held there, and when their
 * transfer counts as started, which is when the prompt is computed and the blocks are held.
 * Knows no bytes.
 */
import type { RequestSlot } from '../records/request-table.ts';
import type { KvLink } from './kv-link.ts';
import type { LayerCarrier } from './layer-carrier.ts';
import type { TransferEnds } from './transfer-ends.ts';

/** What a transfer that has not started has behind it: nothing, its blocks are held, or its prompt is computed. */
type Stage = 'begun' | 'held' | 'computed';

export class LayersAhead {
  readonly #carrier: LayerCarrier;
  readonly #start: (slot: RequestSlot) => void;
  readonly #stages = new Map<RequestSlot, Stage>();

  /** `start` is told when a transfer starts. */
  constructor(link: KvLink, ends: TransferEnds, carrier: LayerCarrier, start: (slot: RequestSlot) => void) {
    this.#carrier = carrier;
    this.#start = start;
    const held = (slot: RequestSlot): void => this.#held(slot);
    // Alone on a link, nothing depends on where layers go: that is chosen as late as without them.
    const chooses = link.sharing === 'fair' || link.reserve === true;
    ends.watchChunks((slot, ...chunk) => {
      if (!this.#stages.has(slot)) {
        this.#stages.set(slot, 'begun');
        if (chooses) ends.choose(slot);
        if (link.reserve === true) ends.reserve(slot, held);
        else held(slot);
      }
      carrier.computes(slot, ...chunk);
    });
  }

  /** The prompt of a request has been computed. */
  computed(slot: RequestSlot): void {
    this.#reaches(slot, 'computed', 'held');
  }

  #held(slot: RequestSlot): void {
    this.#carrier.held(slot);
    this.#reaches(slot, 'held', 'computed');
  }

  #reaches(slot: RequestSlot, stage: Stage, other: Stage): void {
    if (this.#stages.get(slot) !== other) {
      this.#stages.set(slot, stage);
      return;
    }
    this.#stages.delete(slot);
    this.#start(slot);
  }
}
