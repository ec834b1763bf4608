/** What a link reports of its use: every byte once, concurrency by Little's law, shares that no card exceeds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  batchedDisaggregated,
  disaggregated,
  type KvLink,
  type LinkReport,
  type SimulationPlan,
  simulate,
} from '../../src/index.ts';
import { LinkMeter } from '../../src/metrics/link-meter.ts';
import { expectClose, sum } from '../support/numbers.ts';
import { type Given, givenWith, run } from './clusters.ts';

function onlyLink(links: readonly LinkReport[]): LinkReport {
  const [link] = links;
  if (link === undefined || links.length > 1) throw new Error(`${links.length} links`);
  return link;
}

const KINDS: readonly Partial<KvLink>[] = [
  {},
  { reserve: true },
  { sharing: 'fair' },
  { sharing: 'fair', fabric_bytes_per_s: 3e5, nic_bytes_per_s: { prefill: 2e5 } },
  { overlap: 'layerwise', layers: 7 },
  { overlap: 'layerwise', layers: 7, reserve: true },
  { overlap: 'layerwise', layers: 7, sharing: 'fair' },
  { overlap: 'layerwise', layers: 7, sharing: 'fair', fabric_bytes_per_s: 3e5, reserve: true },
];

const anyUse = fc
  .constantFrom(...KINDS)
  .chain((kind) => givenWith('enough', kind))
  .filter(({ requests }) => requests.length > 0);

describe('over a whole run', () => {
  it('moves the prompt of each transferred request, and as many are under way as Little says', () =>
    fc.assert(
      fc.property(anyUse, ({ cluster, requests }) => {
        const { report, log } = run({ cluster, requests });
        const link = onlyLink(report.links);
        const moved = requests.flatMap(([, prompt], id) =>
          Number.isNaN(log.transfer_start_s[id]) ? [] : [{ prompt, id }],
        );
        const preempted = (report.pools[0]?.batching?.preemptions ?? 0) > 0;
        expect(link).toMatchObject({ from: 'prefill', to: 'decode', transfers: moved.length });
        const bytes = sum(moved.map(({ prompt }) => prompt * cluster.link.kv_bytes_per_token));
        // A prompt that is computed again layer by layer moves again.
        if (cluster.link.overlap !== 'layerwise' || !preempted) expectClose(link.bytes, bytes, 'bytes', 1e-9);
        const seconds = sum(
          moved.map(({ id }) => (log.decode_queued_s[id] ?? 0) - (log.transfer_start_s[id] ?? 0)),
        );
        expectClose(link.mean_transfers * report.end_s, seconds, 'transfer seconds');
        expectClose(link.bytes_per_s * report.end_s, link.bytes, 'bytes a second');
      }),
      { numRuns: 200 },
    ));

  it('uses no card and no fabric above what it carries, where transfers share', () =>
    fc.assert(
      fc.property(givenWith('enough', KINDS[3] ?? {}), (given: Given) => {
        const { links } = run(given).report;
        const { utilization_from_nic, utilization_to_nic, utilization_fabric, bytes_per_s } = onlyLink(links);
        for (const share of [utilization_from_nic, utilization_to_nic, utilization_fabric]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1 + 1e-9);
        }
        expectClose(utilization_fabric, bytes_per_s / 3e5, 'fabric');
        expectClose(utilization_from_nic, bytes_per_s / (2e5 * given.cluster.prefill_replicas), 'cards');
      }),
      { numRuns: 100 },
    ));
});

describe('in windows', () => {
  it('the bytes of two halves are those of the whole', () =>
    fc.assert(
      fc.property(
        anyUse.filter(({ cluster: { link } }) => link.overlap !== 'layerwise' || link.sharing === 'fair'),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        ({ cluster, requests }, share) => {
          const whole = run({ cluster, requests }).report;
          let at = 0;
          const plan: SimulationPlan = {
            workload: {
              kind: 'replay',
              arrival_s: requests.map(([gap_s]) => (at += gap_s)),
              prompt_tokens: requests.map(([, prompt]) => prompt),
              output_tokens: requests.map(([, , output]) => output),
            },
            architecture: batchedDisaggregated(cluster),
          };
          const cut = share * whole.end_s;
          const early = onlyLink(simulate({ ...plan, sim_seconds: cut }).report.links);
          const late = onlyLink(simulate({ ...plan, warmup_seconds: cut }).report.links);
          expectClose(early.bytes + late.bytes, onlyLink(whole.links).bytes, 'bytes', 1e-9);
          expect(early.transfers + late.transfers).toBe(onlyLink(whole.links).transfers);
        },
      ),
      { numRuns: 100 },
    ));

  it('bytes count by the time that they move in the window', () => {
    const meter = new LinkMeter(10);
    for (let piece = 0; piece < 200; piece++) meter.moves(100, piece / 10, piece / 10 + 1, piece / 10);
    // Pieces of one second that start each tenth: of the 101 around 10 s and the 20 around 15 s, parts.
    const expected = Array.from({ length: 200 }, (_, piece) => {
      const seconds = Math.min(15, piece / 10 + 1) - Math.max(10, piece / 10);
      return 100 * Math.max(0, seconds);
    });
    expectClose(meter.read(15).bytes, sum(expected), 'bytes', 1e-9);
  });

  it('bytes that take no time count at their instant', () => {
    const meter = new LinkMeter(1);
    meter.moves(7, 0.5, 0.5, 0.5);
    meter.moves(11, 1, 1, 1);
    meter.moves(13, 3, 3, 2);
    expect(meter.read(2).bytes).toBe(11);
  });
});

it('requests that hold GPUs have a link without cards, and no link where KV moves in no time', () => {
  const cluster = { prefill_gpus: 1, decode_gpus: 1, prefill_tokens_per_s: 100, decode_tokens_per_s: 10 };
  const link = { latency_s: 1, bandwidth_bytes_per_s: 50, kv_bytes_per_token: 2 };
  const plan: SimulationPlan = {
    workload: { kind: 'replay', arrival_s: [0], prompt_tokens: [100], output_tokens: [1] },
    architecture: disaggregated({ ...cluster, link }),
    sim_seconds: 8,
  };
  expect(simulate(plan).report.links).toEqual([
    {
      from: 'prefill',
      to: 'decode',
      transfers: 1,
      bytes: 200,
      bytes_per_s: 25,
      mean_transfers: 5 / 8,
      utilization_from_nic: null,
      utilization_to_nic: null,
      utilization_fabric: null,
    },
  ]);
  expect(simulate({ ...plan, architecture: disaggregated(cluster) }).report.links).toEqual([]);
});
