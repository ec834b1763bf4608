/**
 * A link as the report sees it: what it connects and what could move over it. Knows no transfers.
 */
import type { KvLink } from './kv-link.ts';

export interface LinkSpec {
  /** The pools at its ends. */
  readonly from: string;
  readonly to: string;
  /** What all network cards at one end carry together, bytes a second; null where there are none. */
  readonly from_nic_bytes_per_s: number | null;
  readonly to_nic_bytes_per_s: number | null;
  /** Null: no limit. */
  readonly fabric_bytes_per_s: number | null;
}

/** The pools at the ends of a link, and where they have such the replicas there. */
export interface LinkEnds {
  readonly from: string;
  readonly to: string;
  readonly sources?: number;
  readonly destinations?: number;
}

export function linkSpecOf(link: KvLink, { from, to, sources, destinations }: LinkEnds): LinkSpec {
  const { bandwidth_bytes_per_s: alone, nic_bytes_per_s: { prefill = alone, decode = alone } = {} } = link;
  return {
    from,
    to,
    from_nic_bytes_per_s: sources === undefined ? null : sources * prefill,
    to_nic_bytes_per_s: destinations === undefined ? null : destinations * decode,
    fabric_bytes_per_s: link.fabric_bytes_per_s ?? null,
  };
}
