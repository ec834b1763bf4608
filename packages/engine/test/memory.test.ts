/** Retained memory: with histograms it does not grow with the requests; subscriptions that end leave nothing. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { bufferTime, take } from 'rxjs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  disaggregated,
  exponential,
  type GeneratedWorkload,
  lognormal,
  monolithic,
  Simulation,
  type SimulationPlan,
  type SimulationResult,
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
  // The second waits for what the first still frees.
  collectGarbage();
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const workload: GeneratedWorkload = {
  kind: 'generated',
  interarrival_s: exponential(100),
  prompt_tokens: tokens(lognormal({ mu: 6.5, sigma: 0.5 })),
  output_tokens: tokens(lognormal({ mu: 5, sigma: 0.5 })),
};

const plan: SimulationPlan = {
  seed: 1,
  // As many as a test asks for.
  sim_seconds: 1e9,
  quantiles: 'histogram',
  slo: { ttft_s: 1, tpot_s: 0.1 },
  workload,
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

  it('of a finished run is not that of its requests, also when they were all kept', () => {
    const run = new Simulation({ ...plan, quantiles: 'exact', keep_requests: true });
    const before = retained();
    runUntil(run, 200_000);
    // Seven samples and the rows of the log.
    expect(retained() - before).toBeGreaterThan(20 * MIB);
    run.cancel();
    let result: SimulationResult | null = run.run();
    expect(result.requests?.length).toBe(result.report.outcomes.arrivals);
    result = null;
    const withResult = retained();
    expect(withResult - before).toBeGreaterThan(10 * MIB);
    expect(withResult - before).toBeLessThan(20 * MIB);
  });
});

describe('of finished runs', () => {
  const small: SimulationPlan = { ...plan, sim_seconds: 10 };
  const finished = (of: SimulationPlan): WeakRef<Simulation['events']> => {
    const run = new Simulation(of);
    run.run();
    return new WeakRef(run.events);
  };
  /** Asked more than once: what a turn of the host's event loop has made or read may live until a later one. */
  const expectKept = (runs: ReadonlyArray<WeakRef<object>>) =>
    expect.poll(
      () => {
        collectGarbage();
        return runs.map((run) => run.deref() !== undefined);
      },
      { timeout: 10_000 },
    );

  it('the latest of each kind is kept, so that its compiled code is, and no other', async () => {
    const mono = monolithic({ num_gpus: 300, prefill_tokens_per_s: 8000, decode_tokens_per_s: 100 });
    const runs = [finished(small), finished(small), finished({ ...small, architecture: mono })];
    await expectKept(runs).toEqual([false, true, true]);
  });

  it('what was ever seen of a kind is not: four kinds are', async () => {
    const runs = ['a', 'b', 'c', 'd', 'e'].map((mode) =>
      finished({ ...small, architecture: { mode, flow: small.architecture.flow } }),
    );
    await expectKept(runs).toEqual([false, true, true, true, true]);
  });

  it('one with more requests at once than most is not', async () => {
    const runs = [
      finished(small),
      finished({
        ...small,
        workload: { ...workload, interarrival_s: exponential(10_000) },
      }),
    ];
    await expectKept(runs).toEqual([true, false]);
  });
});
