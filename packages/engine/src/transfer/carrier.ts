/**
 * How KV moves over a link: alone, layer by layer behind prefill, or sharing the network with other transfers.
 * Knows when each transfer ends; knows no pools and no reservations.
 */
import type { Site } from '../architectures/architecture.ts';
import type { RequestSlot } from '../records/request-table.ts';
import { Phase } from '../time/phases.ts';
import { type KvLink, transferSeconds } from './kv-link.ts';
import { LayerOverlap } from './layer-overlap.ts';
import { SharedNetwork } from './shared-network.ts';
import type { TransferEnds } from './transfer-ends.ts';

/** Takes a request whose KV starts to move now. */
export type Carrier = (slot: RequestSlot) => void;

/** The carrier of a link; `arrived` is called when the last byte of a request is there. */
export function carrierOf(
  link: KvLink,
  site: Site,
  ends: TransferEnds | undefined,
  arrived: (slot: RequestSlot) => void,
): Carrier {
  if (ends !== undefined && link.sharing === 'fair') return sharing(link, site, ends, arrived);
  if (ends !== undefined && link.overlap === 'layerwise') return layerwise(link, site, ends, arrived);
  const { clock, requests } = site;
  const end = clock.handler(arrived);
  return (slot) => {
    const seconds = transferSeconds(link, requests.prompt_tokens[slot] ?? 0);
    clock.at(clock.now() + seconds, Phase.transfer, requests.id[slot] ?? 0, end, slot);
  };
}

function layerwise(
  link: KvLink,
  { clock, requests }: Site,
  ends: TransferEnds,
  arrived: (slot: RequestSlot) => void,
): Carrier {
  const overlap = new LayerOverlap(link);
  ends.watchChunks((...chunk) => overlap.computed(...chunk));
  const end = clock.handler(arrived);
  return (slot) =>
    clock.at(overlap.takeSent(slot) + link.latency_s, Phase.transfer, requests.id[slot] ?? 0, end, slot);
}

/** Resources: the network cards of the sources, those of the destinations, the fabric if it has a limit. */
function sharing(
  link: KvLink,
  { clock, requests }: Site,
  ends: TransferEnds,
  arrived: (slot: RequestSlot) => void,
): Carrier {
  const { bandwidth_bytes_per_s, kv_bytes_per_token, latency_s, fabric_bytes_per_s } = link;
  const { prefill = bandwidth_bytes_per_s, decode = bandwidth_bytes_per_s } = link.nic_bytes_per_s ?? {};
  const { sources, destinations } = ends;
  const capacities = [...Array<number>(sources).fill(prefill), ...Array<number>(destinations).fill(decode)];
  const fabric = fabric_bytes_per_s === undefined ? [] : [capacities.push(fabric_bytes_per_s) - 1];
  const network = new SharedNetwork(clock, capacities, bandwidth_bytes_per_s, arrived);
  const join = clock.handler((slot) => {
    const bytes = (requests.prompt_tokens[slot] ?? 0) * kv_bytes_per_token;
    const crossed = [ends.source(slot), sources + ends.destination(slot), ...fabric];
    network.join(slot, requests.id[slot] ?? 0, bytes, crossed);
  });
  return (slot) => clock.at(clock.now() + latency_s, Phase.transfer, requests.id[slot] ?? 0, join, slot);
}
