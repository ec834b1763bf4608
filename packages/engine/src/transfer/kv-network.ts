/**
 * The network between replicas that transfers share: the network cards of the sources, those of the destinations, and
 * the fabric if it has a limit.
 * Knows which of them a transfer crosses; knows no latency and no layers.
 */
import type { LinkMeter } from '../metrics/link-meter.ts';
import type { RequestSlot } from '../records/request-table.ts';
import type { RunSite } from '../run-site.ts';
import type { KvLink } from './kv-link.ts';
import { type NetworkWatcher, SharedNetwork } from './shared-network.ts';
import type { TransferEnds } from './transfer-ends.ts';

export class KvNetwork {
  readonly #site: RunSite;
  readonly #ends: TransferEnds;
  readonly #fabric: readonly number[];
  readonly #network: SharedNetwork;

  constructor(
    link: KvLink,
    site: RunSite,
    ends: TransferEnds,
    meter: LinkMeter,
    watcher: Omit<NetworkWatcher, 'rated'>,
  ) {
    const { bandwidth_bytes_per_s, fabric_bytes_per_s } = link;
    const { prefill = bandwidth_bytes_per_s, decode = bandwidth_bytes_per_s } = link.nic_bytes_per_s ?? {};
    const { sources, destinations } = ends;
    const capacities = [...Array<number>(sources).fill(prefill), ...Array<number>(destinations).fill(decode)];
    this.#site = site;
    this.#ends = ends;
    this.#fabric = fabric_bytes_per_s === undefined ? [] : [capacities.push(fabric_bytes_per_s) - 1];
    const rated = (bytes_per_s: number): void => meter.flows(bytes_per_s, site.clock.now());
    this.#network = new SharedNetwork(site.clock, capacities, bandwidth_bytes_per_s, { ...watcher, rated });
  }

  /** Bytes of a request start to move now, from its source to its destination. */
  join(slot: RequestSlot, bytes: number): void {
    const { sources } = this.#ends;
    const crossed = [this.#ends.source(slot), sources + this.#ends.destination(slot), ...this.#fabric];
    this.#network.join(slot, this.#site.requests.id[slot] ?? 0, bytes, crossed);
  }

  /** What is left of those of a request does not move any more. */
  drop(slot: RequestSlot): void {
    this.#network.drop(this.#site.requests.id[slot] ?? 0);
  }
}
