/** Clients that wait: how many are in the system, when the next enters, and what throughput follows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Architecture,
  batchedDisaggregated,
  batchedMonolithic,
  type ClosedLoopWorkload,
  constant,
  disaggregated,
  monolithic,
  type ReplicaSpec,
  Simulation,
  type SimulationPlan,
  simulate,
  uniformTokens,
} from '../../src/index.ts';
import { bytesOf } from '../support/bytes.ts';
import { sum } from '../support/numbers.ts';
import { rowsOf } from '../support/rows.ts';

const step_time = {
  base_s: 0.006,
  prefill_token_s: 5e-5,
  decode_seq_s: 2e-5,
  decode_context_token_s: 2e-8,
  prefill_attention_s: 1e-9,
};
const replica: ReplicaSpec = {
  max_num_seqs: 8,
  max_num_batched_tokens: 256,
  enable_chunked_prefill: true,
  block_size: 16,
  num_gpu_blocks: 60,
  step_time,
};
const RATES = { prefill_tokens_per_s: 4000, decode_tokens_per_s: 200 };
const link = { latency_s: 0.002, bandwidth_bytes_per_s: 1e9, kv_bytes_per_token: 131_072 };

const architectures: Readonly<Record<string, Architecture>> = {
  monolithic: monolithic({ num_gpus: 3, ...RATES }),
  disaggregated: disaggregated({ prefill_gpus: 1, decode_gpus: 2, ...RATES, link }),
  // Prompts above 960 tokens can never fit and are rejected.
  batchedMonolithic: batchedMonolithic({ replicas: 2, replica }),
  batchedDisaggregated: batchedDisaggregated({
    prefill_replicas: 1,
    decode_replicas: 2,
    prefill_replica: replica,
    decode_replica: replica,
    link,
  }),
};

function loop(concurrency: number, max_requests: number, most = 1200): ClosedLoopWorkload {
  return {
    kind: 'closed_loop',
    concurrency,
    max_requests,
    prompt_tokens: uniformTokens(1, most),
    output_tokens: uniformTokens(1, 60),
  };
}

interface LoopOnCluster {
  readonly name: string;
  readonly concurrency: number;
  readonly max_requests: number;
  readonly seed: number;
}

const anyLoop: fc.Arbitrary<LoopOnCluster> = fc.record({
  name: fc.constantFrom(...Object.keys(architectures)),
  concurrency: fc.integer({ min: 1, max: 40 }),
  max_requests: fc.integer({ min: 1, max: 120 }),
  seed: fc.nat(),
});

function planOf({ name, concurrency, max_requests, seed }: LoopOnCluster): SimulationPlan {
  const architecture = architectures[name];
  if (architecture === undefined) throw new Error(`no architecture ${name}`);
  return { seed, workload: loop(concurrency, max_requests), architecture, keep_requests: true };
}

describe('a closed loop', () => {
  it('keeps exactly its concurrency in the system until nobody is left to ask', () => {
    fc.assert(
      fc.property(anyLoop, (given) => {
        const simulation = new Simulation(planOf(given));
        const { arrivals, completions, rejections } = simulation.events;
        let inSystem = 0;
        let arrived = 0;
        /** Requests in the system once all that happens at an instant has happened. */
        const settled = new Map<number, { inSystem: number; left: number }>();
        const note = (time_s: number): void => {
          settled.set(time_s, { inSystem, left: arrived - inSystem });
        };
        arrivals.subscribe(({ time_s }) => {
          arrived++;
          inSystem++;
          note(time_s);
        });
        for (const leaving of [completions, rejections]) {
          leaving.subscribe(({ time_s }) => {
            inSystem--;
            note(time_s);
          });
        }
        const { report } = simulation.run();
        const { concurrency, max_requests } = given;
        for (const { inSystem: now, left } of settled.values()) {
          expect(now).toBe(Math.min(concurrency, max_requests - left));
        }
        expect(report.outcomes.arrivals).toBe(max_requests);
        expect(report.outcomes.in_flight).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it('lets a request in at the instant at which another leaves, ids in order of entering', () => {
    fc.assert(
      fc.property(anyLoop, (given) => {
        const simulation = new Simulation(planOf(given));
        const left: number[] = [];
        const entered: Array<readonly [id: number, arrival_s: number]> = [];
        simulation.events.arrivals.subscribe(({ id, time_s }) => entered.push([id, time_s]));
        simulation.events.completions.subscribe(({ time_s }) => left.push(time_s));
        simulation.events.rejections.subscribe(({ time_s }) => left.push(time_s));
        simulation.run();
        const { concurrency, max_requests } = given;
        const starts = Array.from({ length: Math.min(concurrency, max_requests) }, () => 0);
        const expected = [...starts, ...left].slice(0, max_requests);
        expect(entered).toEqual(expected.map((at, id) => [id, at]));
      }),
      { numRuns: 200 },
    );
  });

  it('obeys Little: throughput × mean E2E is the concurrency, less the tail', () => {
    fc.assert(
      fc.property(anyLoop, (given) => {
        // Prompts that fit everywhere, so that every request has an E2E time.
        const { concurrency, max_requests } = given;
        const result = simulate({ ...planOf(given), workload: loop(concurrency, max_requests, 800) });
        const rows = rowsOf(result);
        const { end_s } = result.report;
        const lastArrival_s = Math.max(...rows.map(({ arrival_s }) => arrival_s));
        const clients = Math.min(concurrency, max_requests);
        const area = sum(rows.map(({ arrival_s, completed_s }) => completed_s - arrival_s));
        const idle = clients * end_s - area;
        expect(idle).toBeGreaterThan(-1e-9 * clients * end_s);
        expect(idle).toBeLessThan(clients * (end_s - lastArrival_s) * (1 + 1e-9) + 1e-9);
      }),
      { numRuns: 200 },
    );
  });

  it('has the throughput C / mean E2E in the long run', () => {
    const { report } = simulate({
      ...planOf({ name: 'batchedMonolithic', concurrency: 12, max_requests: 6000, seed: 1 }),
      workload: loop(12, 6000, 400),
    });
    const { throughput_rps, e2e_s } = report;
    expect((throughput_rps * (e2e_s.mean ?? 0)) / 12).toBeGreaterThan(0.995);
    expect((throughput_rps * (e2e_s.mean ?? 0)) / 12).toBeLessThanOrEqual(1);
  });

  it('works off one request after the other when there is one client', () => {
    const { report, requests } = simulate({
      ...planOf({ name: 'monolithic', concurrency: 1, max_requests: 5, seed: 0 }),
      workload: { ...loop(1, 5), prompt_tokens: constant(4000), output_tokens: constant(200) },
    });
    expect([...(requests?.arrival_s ?? [])]).toEqual([0, 2, 4, 6, 8]);
    expect(report.ttft_s.max).toBeCloseTo(1.005, 12);
  });

  it('draws the same lengths whatever the cluster and the number of clients', () => {
    const lengths = (name: string, concurrency: number): readonly number[] =>
      rowsOf(simulate(planOf({ name, concurrency, max_requests: 50, seed: 7 }))).flatMap(
        ({ prompt_tokens, output_tokens }) => [prompt_tokens, output_tokens],
      );
    const expected = lengths('monolithic', 3);
    for (const name of Object.keys(architectures)) expect(lengths(name, 17)).toEqual(expected);
  });

  it('ends when every request is rejected', () => {
    const { report } = simulate({
      ...planOf({ name: 'batchedMonolithic', concurrency: 4, max_requests: 30, seed: 0 }),
      workload: { ...loop(4, 30), prompt_tokens: constant(5000) },
    });
    expect(report.outcomes).toMatchObject({ arrivals: 30, rejected: 30 });
    expect(report.end_s).toBe(0);
  });

  it('stops where the run ends', () => {
    const plan = planOf({ name: 'monolithic', concurrency: 2, max_requests: 100, seed: 0 });
    const workload = { ...loop(2, 100), prompt_tokens: constant(4000), output_tokens: constant(200) };
    const { report } = simulate({ ...plan, workload, sim_seconds: 4 });
    // Two start at 0 and at 2; those that would complete at 4 do not.
    expect(report.outcomes).toMatchObject({ arrivals: 4, completed: 2, in_flight: 2 });
  });

  it('gives the same bytes in slices of any size', () => {
    fc.assert(
      fc.property(anyLoop, fc.integer({ min: 1, max: 50 }), (given, slice) => {
        const plan = planOf(given);
        const run = new Simulation(plan);
        while (!run.advance(slice).done);
        expect(bytesOf(run.result())).toBe(bytesOf(simulate(plan)));
      }),
      { numRuns: 60 },
    );
  });

  it('is done in the share of its requests that have entered', () => {
    const run = new Simulation(planOf({ name: 'monolithic', concurrency: 2, max_requests: 8, seed: 0 }));
    expect(run.advance(2)).toMatchObject({ fraction: 0.25, arrivals: 2 });
    expect(run.advance(10_000)).toMatchObject({ fraction: 1, arrivals: 8, completed: 8, done: true });
  });
});
