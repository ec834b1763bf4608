/**
 * What the network between prefill and decode is: its speeds, and how transfers share it.
 * Knows no transfers under way.
 */

/** The network between two pools; the last six fields are for pools of replicas. */
export interface KvLink {
  /** Seconds before the first byte arrives. */
  readonly latency_s: number;
  /** The most one transfer gets, bytes a second. */
  readonly bandwidth_bytes_per_s: number;
  /** KV cache of one prompt token, bytes. */
  readonly kv_bytes_per_token: number;
  /**
   * `none`: transfers do not slow each other down. `fair`: they share the network cards of the replicas and the
   * fabric, max–min fair. Default `none`.
   */
  readonly sharing?: 'none' | 'fair' | undefined;
  /** With `sharing: fair`, what the network card of one replica carries, bytes a second, in each pool. */
  readonly nic_bytes_per_s?: NicSpeeds | undefined;
  /** With `sharing: fair`, what all transfers together get, bytes a second; absent: no limit. */
  readonly fabric_bytes_per_s?: number | undefined;
  /** `layerwise`: the KV of a layer starts to move when the layer has been computed. Default `none`. */
  readonly overlap?: 'none' | 'layerwise' | undefined;
  /** Layers of the model; needed by `overlap: layerwise`. */
  readonly layers?: number | undefined;
  /** Whether a transfer waits until its decode replica has free KV blocks, and holds them. Default false. */
  readonly reserve?: boolean | undefined;
}

/** Bytes a second of one network card; absent: `bandwidth_bytes_per_s`. */
export interface NicSpeeds {
  /** Out of a prefill replica. */
  readonly prefill?: number | undefined;
  /** Into a decode replica. */
  readonly decode?: number | undefined;
}

/** Seconds to move the KV cache of a prompt alone: latency_s + prompt_tokens · kv_bytes_per_token / bandwidth. */
export function transferSeconds(link: KvLink, prompt_tokens: number): number {
  return link.latency_s + (prompt_tokens * link.kv_bytes_per_token) / link.bandwidth_bytes_per_s;
}

/** @throws RangeError that says which fields of a link contradict each other or are out of range. */
export function checkLink(link: KvLink): void {
  const problems = [...problemsOf(link)];
  if (problems.length > 0) throw new RangeError(`The link cannot be used: ${problems.join('; ')}`);
}

function* problemsOf(link: KvLink): Generator<string> {
  const { sharing = 'none', nic_bytes_per_s, fabric_bytes_per_s, overlap = 'none', layers } = link;
  const speeds = {
    bandwidth_bytes_per_s: link.bandwidth_bytes_per_s,
    fabric_bytes_per_s,
    'nic_bytes_per_s.prefill': nic_bytes_per_s?.prefill,
    'nic_bytes_per_s.decode': nic_bytes_per_s?.decode,
  };
  for (const [name, speed] of Object.entries(speeds)) {
    if (speed !== undefined && !(speed > 0)) yield `${name} must be positive, got ${speed}`;
    if (speed === Number.POSITIVE_INFINITY && sharing === 'fair') yield `${name} must be finite to be shared`;
  }
  for (const name of ['latency_s', 'kv_bytes_per_token'] as const) {
    const value = link[name];
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
      yield `${name} must be at least 0 and finite, got ${value}`;
  }
  if (sharing === 'none' && (nic_bytes_per_s !== undefined || fabric_bytes_per_s !== undefined)) {
    yield 'nic_bytes_per_s and fabric_bytes_per_s need sharing: fair';
  }
  if (layers !== undefined && !(Number.isInteger(layers) && layers >= 1)) {
    yield `layers must be a whole number of at least 1, got ${layers}`;
  }
  if (overlap === 'layerwise' && layers === undefined) yield 'overlap: layerwise needs layers';
}
