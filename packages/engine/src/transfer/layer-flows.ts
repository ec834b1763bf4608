/**
 * Layers that share the network with those of other requests.
 * Knows which parts of each request are ready, under way and to come; knows no rates.
 *
 * A request takes part in the network while it has ready bytes. It leaves when they have moved, and comes back with the
 * next part. Its parts move in order. When a prompt that lost its KV starts again, what has not moved of it is dropped:
 * a prompt preempted again and again would else fill the network with KV that nobody needs.
 */
import type { LinkMeter } from '../metrics/link-meter.ts';
import type { RequestSlot } from '../records/request-table.ts';
import type { RunSite } from '../run-site.ts';
import { Phase } from '../time/phases.ts';
import type { KvLink } from './kv-link.ts';
import { KvNetwork } from './kv-network.ts';
import { LayerParts } from './layer-parts.ts';
import type { TransferEnds } from './transfer-ends.ts';

interface Sending {
  readonly parts: LayerParts;
  /** Tokens of the prompt that the parts hold, since it last began. */
  tokens: number;
  /** Whether parts may move. */
  held: boolean;
  /** Whether all parts are known. */
  complete: boolean;
  /** Whether bytes are in the network. */
  flowing: boolean;
  /** When the clock will tell that a part is ready, NaN when it was not asked. */
  told_s: number;
}

export class LayerFlows {
  readonly #link: KvLink;
  readonly #site: RunSite;
  readonly #network: KvNetwork;
  readonly #sent: (slot: RequestSlot) => void;
  readonly #ready: number;
  readonly #sending = new Map<RequestSlot, Sending>();

  /** `sent` is told when the last byte of a request has left. */
  constructor(
    link: KvLink,
    site: RunSite,
    ends: TransferEnds,
    meter: LinkMeter,
    sent: (slot: RequestSlot) => void,
  ) {
    this.#link = link;
    this.#site = site;
    this.#sent = sent;
    // A request whose KV was lost, or another in its slot, may be told of a part that is no more: that does no harm.
    this.#ready = site.clock.handler((slot) => this.#goOn(slot));
    const more = (slot: RequestSlot): number => this.#of(slot).parts.take(site.clock.now());
    const ended = (slot: RequestSlot): void => {
      this.#of(slot).flowing = false;
      this.#goOn(slot);
    };
    this.#network = new KvNetwork(link, site, ends, meter, { ended, more });
  }

  computes(slot: RequestSlot, before: number, after: number, start_s: number, end_s: number): void {
    const sending = this.#of(slot);
    const continues = sending.tokens === before;
    if (!continues) this.#drop(slot, sending);
    sending.tokens = after;
    const tokens = after - (continues ? before : 0);
    sending.parts.add(tokens * this.#link.kv_bytes_per_token, start_s, end_s);
    this.#goOn(slot);
  }

  held(slot: RequestSlot): void {
    const sending = this.#of(slot);
    sending.held = true;
    this.#goOn(slot);
  }

  carry(slot: RequestSlot): void {
    const sending = this.#of(slot);
    sending.complete = true;
    this.#goOn(slot);
  }

  #of(slot: RequestSlot): Sending {
    let sending = this.#sending.get(slot);
    if (sending === undefined) {
      const parts = new LayerParts(this.#link.layers ?? 1);
      sending = { parts, tokens: 0, held: false, complete: false, flowing: false, told_s: Number.NaN };
      this.#sending.set(slot, sending);
    }
    return sending;
  }

  #drop(slot: RequestSlot, sending: Sending): void {
    sending.parts.clear();
    if (!sending.flowing) return;
    sending.flowing = false;
    this.#network.drop(slot);
  }

  /** Sends what is ready, waits for the next part, or is done; unless bytes are under way or may not move. */
  #goOn(slot: RequestSlot): void {
    const sending = this.#sending.get(slot);
    if (sending === undefined || !sending.held || sending.flowing) return;
    const { clock, requests } = this.#site;
    const { ready_s } = sending.parts;
    if (ready_s <= clock.now()) {
      sending.flowing = true;
      this.#network.join(slot, sending.parts.take(clock.now()));
    } else if (ready_s < Number.POSITIVE_INFINITY) {
      if (sending.told_s === ready_s) return;
      sending.told_s = ready_s;
      clock.at(ready_s, Phase.transfer, requests.id[slot] ?? 0, this.#ready, slot);
    } else if (sending.complete) {
      this.#sending.delete(slot);
      this.#sent(slot);
    }
  }
}
