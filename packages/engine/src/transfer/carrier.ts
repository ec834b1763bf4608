/**
 * How KV moves over a link: alone, layer by layer behind prefill, or sharing the network with other transfers.
 * Knows when each transfer ends; knows no pools and no reservations.
 */
import type { Site } from '../architectures/architecture.ts';
import type { LinkMeter } from '../metrics/link-meter.ts';
import type { RequestSlot } from '../records/request-table.ts';
import { Phase } from '../time/phases.ts';
import { type KvLink, transferSeconds } from './kv-link.ts';
import { LayerOverlap } from './layer-overlap.ts';
import { SharedNetwork } from './shared-network.ts';
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

/** The carrier of a link. */
export function carrierOf(link: KvLink, site: Site, { ends, meter, arrived }: Carriage): Carrier {
  if (ends !== undefined && link.sharing === 'fair') return sharing(link, site, { ends, meter, arrived });
  if (ends !== undefined && link.overlap === 'layerwise') {
    return layerwise(link, site, { ends, meter, arrived });
  }
  const { clock, requests } = site;
  const end = clock.handler(arrived);
  return (slot) => {
    const tokens = requests.prompt_tokens[slot] ?? 0;
    const now = clock.now();
    const end_s = now + transferSeconds(link, tokens);
    meter.moves(tokens * link.kv_bytes_per_token, now + link.latency_s, end_s, now);
    clock.at(end_s, Phase.transfer, requests.id[slot] ?? 0, end, slot);
  };
}

/** A carriage between replicas. */
type BetweenReplicas = Carriage & { readonly ends: TransferEnds };

function layerwise(
  link: KvLink,
  { clock, requests }: Site,
  { ends, meter, arrived }: BetweenReplicas,
): Carrier {
  const moves = (bytes: number, from_s: number, to_s: number): void =>
    meter.moves(bytes, from_s, to_s, clock.now());
  const overlap = new LayerOverlap(link, moves);
  const known = new Map<RequestSlot, number>();
  ends.watchChunks((slot, ...chunk) => {
    const id = requests.id[slot] ?? 0;
    // The slot's last request may have completed without a transfer.
    if (known.get(slot) !== id) overlap.forget(slot);
    known.set(slot, id);
    overlap.computed(slot, ...chunk);
  });
  const end = clock.handler(arrived);
  return (slot) =>
    clock.at(overlap.takeSent(slot) + link.latency_s, Phase.transfer, requests.id[slot] ?? 0, end, slot);
}

/** Resources: the network cards of the sources, those of the destinations, the fabric if it has a limit. */
function sharing(
  link: KvLink,
  { clock, requests }: Site,
  { ends, meter, arrived }: BetweenReplicas,
): Carrier {
  const { bandwidth_bytes_per_s, kv_bytes_per_token, latency_s, fabric_bytes_per_s } = link;
  const { prefill = bandwidth_bytes_per_s, decode = bandwidth_bytes_per_s } = link.nic_bytes_per_s ?? {};
  const { sources, destinations } = ends;
  const capacities = [...Array<number>(sources).fill(prefill), ...Array<number>(destinations).fill(decode)];
  const fabric = fabric_bytes_per_s === undefined ? [] : [capacities.push(fabric_bytes_per_s) - 1];
  const rated = (bytes_per_s: number): void => meter.flows(bytes_per_s, clock.now());
  const network = new SharedNetwork(clock, capacities, bandwidth_bytes_per_s, { ended: arrived, rated });
  const join = clock.handler((slot) => {
    const bytes = (requests.prompt_tokens[slot] ?? 0) * kv_bytes_per_token;
    const crossed = [ends.source(slot), sources + ends.destination(slot), ...fabric];
    network.join(slot, requests.id[slot] ?? 0, bytes, crossed);
  });
  return (slot) => clock.at(clock.now() + latency_s, Phase.transfer, requests.id[slot] ?? 0, join, slot);
}
