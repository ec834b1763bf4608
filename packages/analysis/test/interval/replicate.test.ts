import {
  constant,
  type Distribution,
  exponential,
  lognormal,
  monolithic,
  type SimulationPlan,
  simulate,
  tokens,
} from '@llmsim/engine';
import { describe, expect, test } from 'vitest';
import { md1, mmc, readInterval, replicate, replications } from '../../src/index.ts';

const plan: SimulationPlan = {
  sim_seconds: 300,
  warmup_seconds: 30,
  workload: {
    kind: 'generated',
    interarrival_s: exponential(2),
    prompt_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
    output_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
  },
  architecture: monolithic({ num_gpus: 2, prefill_tokens_per_s: 8000, decode_tokens_per_s: 2000 }),
};

describe('replications', () => {
  test('differ by the seed alone', () => {
    const { values, interval } = replicate(plan, ['a', 7, 8], (report) => report.ttft_s.mean);
    expect(values).toEqual(['a', 7, 8].map((seed) => simulate({ ...plan, seed }).report.ttft_s.mean));
    expect(new Set(values).size).toBe(3);
    expect(interval).toMatchObject({ n: 3, level: 0.95 });
  });

  test('are read any number of times', () => {
    const reports = replications(plan, [1, 2, 3]);
    expect(reports.map(({ seed }) => seed)).toEqual([1, 2, 3]);
    expect(readInterval(reports, (report) => report.throughput_rps)).toEqual(
      replicate(plan, [1, 2, 3], (report) => report.throughput_rps).interval,
    );
  });

  test.each([
    [[1], (): number => 1, 'seeds must hold at least 2 seeds, got 1'],
    [[1, 2, '1'], (): number => 1, 'seeds must differ, got 1 twice'],
    [[1, 2], (): null => null, 'read must give a finite number for every run, got null for seed 1'],
    [[4, 2], (): number => Number.NaN, 'read must give a finite number for every run, got NaN for seed 4'],
  ])('refuse seeds %j', (seeds, read, message) => {
    expect(() => replicate(plan, seeds, read)).toThrow(new RangeError(message));
  });
});

/** Service of about one second: a prompt of a million tokens, so that whole tokens round off nothing that matters. */
function queue(gpus: number, rate_per_s: number, prompt_tokens: Distribution): SimulationPlan {
  return {
    sim_seconds: 20_000,
    warmup_seconds: 1_000,
    workload: {
      kind: 'generated',
      interarrival_s: exponential(rate_per_s),
      prompt_tokens: tokens(prompt_tokens),
      output_tokens: constant(1),
    },
    architecture: monolithic({ num_gpus: gpus, prefill_tokens_per_s: 1e6, decode_tokens_per_s: 1e12 }),
    quantiles: 'histogram',
  };
}

describe('ten runs agree with theory at 99.9 %', () => {
  const seeds = Array.from({ length: 10 }, (_, seed) => seed);

  test.each([
    ['M/M/1', 1, exponential(1e-6), mmc({ rate_per_s: 0.7, service_mean_s: 1, servers: 1 })],
    ['M/M/4', 4, exponential(1e-6), mmc({ rate_per_s: 3.2, service_mean_s: 1, servers: 4 })],
    ['M/D/1', 1, constant(1e6), md1({ rate_per_s: 0.7, service_mean_s: 1 })],
  ])('%s', (_, servers, prompt_tokens, theory) => {
    const reports = replications(queue(servers, theory.utilization * servers, prompt_tokens), seeds);
    const waiting_s = readInterval(reports, (report) => report.pools[0]?.waiting_s.mean ?? null, 0.999);
    expect(theory.mean_waiting_s).toBeGreaterThan(waiting_s.low);
    expect(theory.mean_waiting_s).toBeLessThan(waiting_s.high);
    const length = readInterval(reports, (report) => report.pools[0]?.mean_queue_length ?? null, 0.999);
    expect(theory.mean_queue_length).toBeGreaterThan(length.low);
    expect(theory.mean_queue_length).toBeLessThan(length.high);
    // The interval is narrow enough to tell these three laws apart.
    expect(waiting_s.half_width / waiting_s.mean).toBeLessThan(0.15);
  });
});
