/**
 * How KV moves layer by layer while its prompt is computed, over a link that nobody shares or over one that is shared.
 * Knows when each transfer ends; knows no reservations beyond when layers may move.
 */
import type { LinkMeter } from '../metrics/link-meter.ts';
import type { RequestSlot } from '../records/request-table.ts';
import type { ChunkWatcher } from '../replica/prompt-chunks.ts';
import type { RunSite } from '../run-site.ts';
import { Phase } from '../time/phases.ts';
import type { KvLink } from './kv-link.ts';
import { LayerFlows } from './layer-flows.ts';
import { LayerOverlap } from './layer-overlap.ts';
import type { TransferEnds } from './transfer-ends.ts';

export interface LayerCarrier {
  /** A step that computes a chunk of a prompt begins. */
  readonly computes: ChunkWatcher;
  /** What is ready of a request may move from now on. */
  held(slot: RequestSlot): void;
  /** All chunks of a request are computed, and may move: it arrives with the last byte. */
  carry(slot: RequestSlot): void;
}

/** What a carrier of layers reads and tells. */
export interface LayerCarriage {
  readonly ends: TransferEnds;
  /** Told of all bytes. */
  readonly meter: LinkMeter;
  /** Called when the last byte of a request is there. */
  readonly arrived: (slot: RequestSlot) => void;
}

/** The carrier of a link with `overlap: layerwise`. */
export function layerCarrierOf(
  link: KvLink,
  site: RunSite,
  { ends, meter, arrived }: LayerCarriage,
): LayerCarrier {
  const { clock, requests } = site;
  const end = clock.handler(arrived);
  const arrives = (slot: RequestSlot, sent_s: number): void =>
    clock.at(sent_s + link.latency_s, Phase.transfer, requests.id[slot] ?? 0, end, slot);
  if (link.sharing === 'fair') {
    return new LayerFlows(link, site, ends, meter, (slot) => arrives(slot, clock.now()));
  }
  const overlap = new LayerOverlap(link, (bytes, from_s, to_s) =>
    meter.moves(bytes, from_s, to_s, clock.now()),
  );
  return {
    computes: (slot, ...chunk) => overlap.computes(slot, ...chunk),
    held: (slot) => overlap.held(slot, clock.now()),
    carry: (slot) => arrives(slot, overlap.takeSent(slot)),
  };
}
