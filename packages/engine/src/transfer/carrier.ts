/**
 * How KV moves over a link once its prompt is computed: alone, or sharing the network with other transfers.
 * Knows when each transfer ends; knows no pools and no reservations.
 */
import type { LinkMeter } from '../metrics/link-meter.ts';
import type { RequestSlot } from '../records/request-table.ts';
import type { RunSite } from '../run-site.ts';
import { Phase } from '../time/phases.ts';
import { type KvLink, transferSeconds } from './kv-link.ts';
import { KvNetwork } from './kv-network.ts';
import type { TransferEnds } from './transfer-ends.ts';

/** Takes a request whose KV starts to move now. */
export type Carrier = (slot: RequestSlot) => void;

/** What a carrier reads and tells. */
export interface Carriage {
  /** Absent where no replicas are at the ends. */
  readonly ends: TransferEnds | undefined;
  /** Told of all bytes. */
  readonly meter: LinkMeter;
  /** Called when the last byte of a request is there. */
  readonly arrived: (slot: RequestSlot) => void;
}

/** The carrier of a link without overlap. */
export function carrierOf(link: KvLink, site: RunSite, { ends, meter, arrived }: Carriage): Carrier {
  const { clock, requests } = site;
  if (ends !== undefined && link.sharing === 'fair') {
    const network = new KvNetwork(link, site, ends, meter, { ended: arrived });
    const join = clock.handler((slot) =>
      network.join(slot, (requests.prompt_tokens[slot] ?? 0) * link.kv_bytes_per_token),
    );
    return (slot) =>
      clock.at(clock.now() + link.latency_s, Phase.transfer, requests.id[slot] ?? 0, join, slot);
  }
  const end = clock.handler(arrived);
  return (slot) => {
    const tokens = requests.prompt_tokens[slot] ?? 0;
    const now = clock.now();
    const end_s = now + transferSeconds(link, tokens);
    meter.moves(tokens * link.kv_bytes_per_token, now + link.latency_s, end_s, now);
    clock.at(end_s, Phase.transfer, requests.id[slot] ?? 0, end, slot);
  };
}
