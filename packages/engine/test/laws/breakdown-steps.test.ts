/** Where TTFT goes in the step model: the parts as the log gives them, transfers that wait and overlap included. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  batchedDisaggregated,
  type KvLink,
  type RequestLog,
  type SimulationPlan,
  simulate,
  type TtftParts,
} from '../../src/index.ts';
import { planOf } from '../replica/engine-run.ts';
import { anyScenario } from '../replica/scenarios.ts';
import { expectClose, mean, sum } from '../support/numbers.ts';

const PARTS = [
  'prefill_queue_s',
  'prefill_s',
  'transfer_wait_s',
  'transfer_s',
  'decode_queue_s',
  'first_decode_step_s',
] as const;

/** Clusters of two prefill and two decode replicas with few blocks, over every kind of link. */
const overLinks: fc.Arbitrary<SimulationPlan> = fc
  .record({
    gaps: fc.array(fc.double({ min: 0, max: 0.3, noNaN: true }), { minLength: 3, maxLength: 30 }),
    prompt: fc.integer({ min: 1, max: 300 }),
    output: fc.integer({ min: 1, max: 40 }),
    bandwidth_bytes_per_s: fc.constantFrom(1e6, 2e7, 1e9),
    how: fc.constantFrom<Partial<KvLink>>(
      {},
      { sharing: 'fair' },
      { reserve: true },
      { sharing: 'fair', reserve: true },
      { overlap: 'layerwise', layers: 8 },
    ),
    first_token: fc.constantFrom('decode', 'prefill'),
  })
  .map(({ gaps, prompt, output, bandwidth_bytes_per_s, how, first_token }) => {
    const replica = {
      max_num_seqs: 8,
      max_num_batched_tokens: 128,
      enable_chunked_prefill: true,
      block_size: 16,
      num_gpu_blocks: Math.ceil((prompt + output) / 16) + 12,
      step_time: {
        base_s: 0.005,
        prefill_token_s: 1e-4,
        decode_seq_s: 1e-4,
        decode_context_token_s: 1e-7,
        prefill_attention_s: 0,
      },
    };
    const link = { latency_s: 0, bandwidth_bytes_per_s, kv_bytes_per_token: 10_000, ...how };
    let at = 0;
    return {
      workload: {
        kind: 'replay',
        arrival_s: gaps.map((gap) => (at += gap)),
        prompt_tokens: gaps.map(() => prompt),
        output_tokens: gaps.map(() => output),
      },
      architecture: batchedDisaggregated({
        prefill_replicas: 2,
        decode_replicas: 2,
        prefill_replica: replica,
        decode_replica: replica,
        link,
        first_token,
      }),
      keep_requests: true,
    };
  });

const anyPlan = fc.oneof(
  overLinks,
  anyScenario(25).map(({ cluster, workload }) => planOf(cluster, workload)),
);

/** The parts of one request from its milestones: none ends before the one before it or after the first token. */
function partsOf(log: RequestLog, id: number): TtftParts & { readonly ttft_s: number } {
  const at = (column: Float64Array): number => column[id] ?? Number.NaN;
  const first = at(log.first_token_s);
  const milestones = [
    at(log.prefill_start_s),
    at(log.prefill_end_s),
    at(log.transfer_start_s),
    at(log.decode_queued_s),
    at(log.decode_start_s),
    first,
  ];
  let reached = at(log.arrival_s);
  const parts = milestones.map((milestone, index) => {
    const missing = index === 2 ? reached : first;
    const end = Math.min(Math.max(Number.isNaN(milestone) ? missing : milestone, reached), first);
    const part = end - reached;
    reached = end;
    return part;
  });
  const [prefill_queue_s = 0, prefill_s = 0, transfer_wait_s = 0, transfer_s = 0] = parts;
  const [decode_queue_s = 0, first_decode_step_s = 0] = parts.slice(4);
  const ttft_s = first - at(log.arrival_s);
  return {
    prefill_queue_s,
    prefill_s,
    transfer_wait_s,
    transfer_s,
    decode_queue_s,
    first_decode_step_s,
    ttft_s,
  };
}

describe('the breakdown of TTFT in steps', () => {
  it('gives the parts of the log, which sum to TTFT: for the mean, the tail and what misses the SLO', () => {
    fc.assert(
      fc.property(anyPlan, fc.double({ min: 0.01, max: 0.5, noNaN: true }), (plan, ttft_s) => {
        const { report, requests } = simulate({ ...plan, slo: { ttft_s } });
        const { breakdown } = report;
        if (requests === null) throw new Error('the run kept no requests');
        const rows = Array.from({ length: requests.length }, (_, id) => partsOf(requests, id)).filter(
          (row) => row.ttft_s >= 0,
        );
        if (breakdown === null) {
          expect(rows).toEqual([]);
          return;
        }
        const late = rows.filter((row) => row.ttft_s > ttft_s);
        const tail = rows.filter((row) => row.ttft_s >= breakdown.tail.from_ttft_s);
        expect(breakdown.missed?.count ?? 0).toBe(late.length);
        expect(breakdown.tail.count).toBe(tail.length);
        for (const [what, parts, over] of [
          ['mean', breakdown.mean, rows],
          ['tail', breakdown.tail, tail],
          ['missed', breakdown.missed, late],
        ] as const) {
          if (parts === null) continue;
          for (const part of PARTS) {
            expectClose(parts[part], mean(over.map((row) => row[part])), `${what} ${part}`);
            expect(parts[part]).toBeGreaterThanOrEqual(0);
          }
          const total = sum(PARTS.map((part) => parts[part]));
          expectClose(total, mean(over.map((row) => row.ttft_s)), `${what} TTFT`);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('knows transfers that wait for blocks', () => {
    let waited = 0;
    for (const plan of fc.sample(overLinks, { numRuns: 100, seed: 1 })) {
      const mean = simulate(plan).report.breakdown?.mean;
      if ((mean?.transfer_wait_s ?? 0) > 0) waited++;
    }
    expect(waited).toBeGreaterThan(0);
  });
});
