/** Retained memory: with histograms it does not grow with the requests; subscriptions that end leave nothing. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { bufferTime, take } from 'rxjs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  disaggregated,
  exponential,
  lognormal,
  Simulation,
  type SimulationPlan,
  tokens,
} from '../src/index.ts';

let collectGarbage: () => void = () => {};
beforeAll(() => {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  if (typeof gc !== 'function') throw new Error('this host does not collect garbage on demand');
  collectGarbage = () => gc();
});

/** Bytes that survive a collection, typed arrays included. */
function retained(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const plan: SimulationPlan = {
  seed: 1,
  // As many as a test asks for.
  sim_seconds: 1e9,
  quantiles: 'histogram',
  slo: { ttft_s: 1, tpot_s: 0.1 },
  workload: {
    kind: 'generated',
    interarrival_s: exponential(100),
    prompt_tokens: tokens(lognormal({ mu: 6.5, sigma: 0.5 })),
    output_tokens: tokens(lognormal({ mu: 5, sigma: 0.5 })),
  },
  architecture: disaggregated({
    prefill_gpus: 16,
    decode_gpus: 256,
    prefill_tokens_per_s: 8000,
    decode_tokens_per_s: 100,
    link: { latency_s: 0.002, bandwidth_bytes_per_s: 25e9, kv_bytes_per_token: 131_072 },
  }),
};

function runUntil(run: Simulation, arrivals: number): void {
  while (run.advance(20_000).arrivals < arrivals);
}

const MIB = 2 ** 20;

describe('retained memory', () => {
  it('in histogram mode is the same after 800,000 requests as after 200,000', () => {
    const run = new Simulation(plan);
    runUntil(run, 200_000);
    const early = retained();
    runUntil(run, 800_000);
    expect(retained() - early).toBeLessThan(0.5 * MIB);
    run.cancel();
    expect(run.run().report.outcomes.completed).toBeGreaterThan(790_000);
  });

  it('in exact mode is about eight bytes a request and metric', () => {
    const before = retained();
    const run = new Simulation({ ...plan, quantiles: 'exact' });
    runUntil(run, 200_000);
    const early = retained();
    runUntil(run, 400_000);
    // TTFT, TPOT, E2E, and waiting and service in two pools.
    const perRequest = (retained() - early) / 200_000;
    expect(perRequest).toBeGreaterThan(7 * 8 * 0.9);
    expect(perRequest).toBeLessThan(7 * 8 * 1.2);
    expect(early).toBeGreaterThan(before);
  });

  it('does not grow with everything subscribed, nor with subscribers that come and go', () => {
    const run = new Simulation(plan);
    let seen = 0;
    const count = (): void => {
      seen++;
    };
    for (const stream of [run.events.serviceStarts, run.events.prefillEnds, run.events.firstTokens])
      stream.subscribe(count);
    run.events.poolStates.subscribe(count);
    run.events.completions.pipe(bufferTime(10, run.clock)).subscribe(count);
    run.events.arrivals.subscribe(({ id }) => {
      if (id % 10 === 0) run.events.completions.pipe(take(3)).subscribe(count);
    });
    runUntil(run, 100_000);
    const early = retained();
    runUntil(run, 250_000);
    expect(retained() - early).toBeLessThan(0.5 * MIB);
    expect(seen).toBeGreaterThan(1_000_000);
  });

  it('of a result does not hold the run: what is kept is the report', () => {
    const results: unknown[] = [];
    const once = (): void => {
      const run = new Simulation(plan);
      runUntil(run, 20_000);
      run.cancel();
      results.push(run.run());
    };
    once();
    const before = retained();
    for (let i = 0; i < 20; i++) once();
    // Histograms and tables of a run that is held are more than a MiB; a report is some KiB, and the heap breathes.
    expect((retained() - before) / 20).toBeLessThan(0.2 * MIB);
    expect(results).toHaveLength(21);
  });
});
