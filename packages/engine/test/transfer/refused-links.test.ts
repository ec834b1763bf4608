/** Links that contradict themselves are refused when the run is set up. */
import { describe, expect, it } from 'vitest';
import {
  type Architecture,
  batchedDisaggregated,
  disaggregated,
  type KvLink,
  Simulation,
} from '../../src/index.ts';
import { roundReplica } from './clusters.ts';

const line: KvLink = { latency_s: 0, bandwidth_bytes_per_s: 100, kv_bytes_per_token: 1 };

const betweenReplicas = (link: KvLink): Architecture =>
  batchedDisaggregated({
    prefill_replicas: 1,
    decode_replicas: 1,
    prefill_replica: roundReplica,
    decode_replica: roundReplica,
    link,
  });
const betweenGpus = (link: KvLink): Architecture =>
  disaggregated({
    prefill_gpus: 1,
    decode_gpus: 1,
    prefill_tokens_per_s: 1,
    decode_tokens_per_s: 1,
    link,
  });

function setUp(architecture: Architecture): Simulation {
  const workload = { kind: 'replay', arrival_s: [], prompt_tokens: [], output_tokens: [] } as const;
  return new Simulation({ workload, architecture });
}

describe('a link is refused', () => {
  const refused: ReadonlyArray<readonly [string, Partial<KvLink>, RegExp]> = [
    ['without bandwidth', { bandwidth_bytes_per_s: 0 }, /bandwidth_bytes_per_s must be positive, got 0/],
    ['with a latency below 0', { latency_s: -1 }, /latency_s must be at least 0 and finite, got -1/],
    ['without bytes', { kv_bytes_per_token: Number.NaN }, /kv_bytes_per_token must be at least 0/],
    ['with a fabric nobody shares', { fabric_bytes_per_s: 1 }, /need sharing: fair/],
    ['with cards nobody shares', { nic_bytes_per_s: { decode: 1 } }, /need sharing: fair/],
    [
      'with a card that carries nothing',
      { sharing: 'fair', nic_bytes_per_s: { prefill: 0 } },
      /nic_bytes_per_s\.prefill must be positive, got 0/,
    ],
    [
      'with an endless bandwidth to share',
      { sharing: 'fair', bandwidth_bytes_per_s: Number.POSITIVE_INFINITY },
      /bandwidth_bytes_per_s must be finite to be shared/,
    ],
    ['layer by layer without layers', { overlap: 'layerwise' }, /overlap: layerwise needs layers/],
    ['with half a layer', { layers: 0.5 }, /layers must be a whole number of at least 1, got 0.5/],
  ];
  for (const [what, change, message] of refused) {
    it(what, () => {
      const link = { ...line, ...change };
      expect(() => setUp(betweenReplicas(link))).toThrow(RangeError);
      expect(() => setUp(betweenReplicas(link))).toThrow(message);
    });
  }

  it('never for how it shares, overlaps and reserves, whatever the three are', () => {
    for (const sharing of ['none', 'fair'] as const)
      for (const overlap of ['none', 'layerwise'] as const)
        for (const reserve of [false, true])
          expect(() =>
            setUp(betweenReplicas({ ...line, sharing, overlap, layers: 2, reserve })),
          ).not.toThrow();
  });

  it('between GPUs, when it shares, overlaps or reserves', () => {
    for (const change of [
      { sharing: 'fair' },
      { overlap: 'layerwise', layers: 2 },
      { reserve: true },
    ] as const)
      expect(() => setUp(betweenGpus({ ...line, ...change }))).toThrow(/need replicas at both ends/);
    expect(() =>
      setUp(betweenGpus({ ...line, sharing: 'none', overlap: 'none', reserve: false })),
    ).not.toThrow();
  });
});
