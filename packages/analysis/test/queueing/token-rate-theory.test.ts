import {
  constant,
  disaggregated,
  exponential,
  type GeneratedWorkload,
  gamma,
  lognormal,
  monolithic,
  tokens,
} from '@llmsim/engine';
import { describe, expect, test } from 'vitest';
import { mg1, mmc, readInterval, replications, tokenRateTheory } from '../../src/index.ts';
import { momentsOf } from '../../src/queueing/moments.ts';

const workload: GeneratedWorkload = {
  kind: 'generated',
  interarrival_s: exponential(6),
  prompt_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
  output_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
};
const mono = { num_gpus: 4, prefill_tokens_per_s: 8000, decode_tokens_per_s: 2000 };
const disagg = { prefill_gpus: 1, decode_gpus: 3, prefill_tokens_per_s: 8000, decode_tokens_per_s: 2000 };

test.each([
  ['exponential', exponential(4), 0.25, 1 / 16],
  ['constant', constant(7), 7, 0],
  ['gamma', gamma({ shape: 0.5, mean: 3 }), 3, 18],
])('moments of the %s law', (_, law, mean, variance) => {
  const found = momentsOf(law);
  expect(Math.abs(found.mean - mean)).toBeLessThan(1e-2 * mean);
  expect(Math.abs(found.variance - variance)).toBeLessThan(3e-2 * variance + 1e-12);
});

describe('tokenRateTheory', () => {
  test('is Pollaczek–Khinchine for one GPU, and says that it is exact', () => {
    const theory = tokenRateTheory({ ...workload, interarrival_s: exponential(1) }, { ...mono, num_gpus: 1 });
    if (!theory.applies) throw new Error(theory.reason);
    const [stage] = theory.stages;
    expect(stage).toMatchObject({ pool: 'gpu', law: 'M/G/1', exact: true });
    const { service_mean_s = 0, service_scv = 0 } = stage ?? {};
    expect(service_mean_s).toBeCloseTo(664.6 / 8000 + 664.6 / 2000, 3);
    const wanted = mg1({ rate_per_s: 1, service_mean_s, service_scv });
    expect(Math.abs((stage?.mean_waiting_s ?? 0) / wanted.mean_waiting_s - 1)).toBeLessThan(0.02);
  });

  test('is Erlang C for exponential services', () => {
    const theory = tokenRateTheory(
      {
        ...workload,
        interarrival_s: exponential(3),
        prompt_tokens: tokens(exponential(1e-6)),
        output_tokens: constant(1),
      },
      { num_gpus: 4, prefill_tokens_per_s: 1e6, decode_tokens_per_s: 1e12 },
    );
    if (!theory.applies) throw new Error(theory.reason);
    const wanted = mmc({ rate_per_s: 3, service_mean_s: 1, servers: 4 });
    expect(theory.stages[0]).toMatchObject({ law: 'M/G/4', exact: false });
    expect(Math.abs((theory.stages[0]?.mean_waiting_s ?? 0) / wanted.mean_waiting_s - 1)).toBeLessThan(0.01);
  });

  test.each([
    ['mono', mono, monolithic(mono), 0.06],
    ['disagg', disagg, disaggregated(disagg), 0.12],
  ])('is close to what %s clusters do', (_, cluster, architecture, tolerance) => {
    const theory = tokenRateTheory(workload, cluster);
    if (!theory.applies) throw new Error(theory.reason);
    const plan = {
      workload,
      architecture,
      sim_seconds: 20_000,
      warmup_seconds: 500,
      quantiles: 'histogram' as const,
    };
    const reports = replications(plan, [1, 2, 3, 4, 5]);
    const ttft = readInterval(reports, (report) => report.ttft_s.mean);
    expect(Math.abs(theory.mean_ttft_s / ttft.mean - 1)).toBeLessThan(tolerance);
    for (const [index, stage] of theory.stages.entries()) {
      const busy = readInterval(reports, ({ pools }) => pools[index]?.utilization ?? null, 0.999);
      expect(stage.utilization).toBeGreaterThan(busy.low - 0.002);
      expect(stage.utilization).toBeLessThan(busy.high + 0.002);
    }
  });

  test('adds the link to TTFT', () => {
    const link = { latency_s: 0.1, bandwidth_bytes_per_s: 1e6, kv_bytes_per_token: 100 };
    const without = tokenRateTheory(workload, disagg);
    const over = tokenRateTheory(workload, { ...disagg, link });
    if (!without.applies || !over.applies) throw new Error('theory applies to both');
    expect(over.mean_ttft_s - without.mean_ttft_s).toBeCloseTo(0.1 + 664.6e-4, 3);
    expect(over.stages).toEqual(without.stages);
  });

  test('has nothing to say on an overload, and says so', () => {
    expect(tokenRateTheory({ ...workload, interarrival_s: exponential(20) }, mono)).toEqual({
      applies: false,
      reason: expect.stringMatching(/^the gpu pool is offered 2\d\d % of what it can serve/),
    });
  });
});
