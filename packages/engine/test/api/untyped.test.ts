/** What only a caller without types can write is refused in words, never by a TypeError from inside. */
import { describe, expect, it } from 'vitest';
import {
  batchedMonolithic,
  constant,
  exponential,
  leastOutstanding,
  monolithic,
  roundRobin,
  Simulation,
  simulate,
  tokens,
} from '../../src/index.ts';

const workload = {
  kind: 'generated',
  interarrival_s: exponential(2),
  prompt_tokens: constant(100),
  output_tokens: constant(10),
};
const cluster = { num_gpus: 4, prefill_tokens_per_s: 8000, decode_tokens_per_s: 2000 };
const plan = { sim_seconds: 20, workload, architecture: monolithic(cluster) };
const replica = {
  max_num_seqs: 64,
  max_num_batched_tokens: 2048,
  enable_chunked_prefill: true,
  block_size: 16,
};

/** Calls a public function as JavaScript would. */
const untyped = (made: unknown): ReturnType<typeof simulate> =>
  simulate(made as Parameters<typeof simulate>[0]);
const batched = (over: object): unknown => ({
  ...plan,
  architecture: batchedMonolithic({ replicas: 2, ...over } as Parameters<typeof batchedMonolithic>[0]),
});

describe('a plan without types', () => {
  it.each<readonly [string, unknown, string]>([
    ['nothing', undefined, 'a plan is an object with a workload and an architecture, got undefined'],
    [
      'no workload',
      { ...plan, workload: undefined },
      "workload must be an object such as { kind: 'generated', … }",
    ],
    [
      'an unknown workload',
      { ...plan, workload: { ...workload, kind: 'poisson' } },
      "workload.kind must be 'generated', 'replay' or 'closed_loop', got 'poisson'",
    ],
    [
      'a number for a distribution',
      { ...plan, workload: { ...workload, interarrival_s: 0.5 } },
      'workload.interarrival_s must be a distribution such as exponential(2), got 0.5',
    ],
    [
      'a sampler for a distribution',
      { ...plan, workload: { ...workload, prompt_tokens: () => 100 } },
      'prompt_tokens must be a distribution, which gives a sampler: (uniform) => () => value; it gave 100',
    ],
    [
      'rows for columns',
      { ...plan, workload: { kind: 'replay', arrival_s: [0], prompt_tokens: [1] } },
      'workload.output_tokens must be a column of numbers, one a request, got undefined',
    ],
    [
      'clients who never stop',
      { ...plan, workload: { ...workload, kind: 'closed_loop', concurrency: 2 } },
      'max_requests must be a whole number of at least 1, got undefined',
    ],
    [
      'no architecture',
      { ...plan, architecture: undefined },
      'such as monolithic({ … }) returns, got undefined',
    ],
    ['a cluster for an architecture', { ...plan, architecture: cluster }, 'got an object with num_gpus, '],
    ['an architecture’s maker', { ...plan, architecture: monolithic }, 'got the function monolithic'],
    [
      'a flow that returns nothing',
      { ...plan, architecture: { mode: 'mine', flow: () => {} } },
      'The flow of architecture mine must return arrivals.pipe(…), gave undefined',
    ],
    ['text for seconds', { ...plan, sim_seconds: '20' }, "sim_seconds must be a number of seconds, got '20'"],
    [
      'null for seconds',
      { ...plan, warmup_seconds: null },
      'warmup_seconds must be a number of seconds, got null',
    ],
    ['null for a seed', { ...plan, seed: null }, 'seed must be a number or a string, got null'],
    ['no number for a seed', { ...plan, seed: Number.NaN }, 'seed must be a number or a string, got NaN'],
    [
      'unknown quantiles',
      { ...plan, quantiles: 'p99' },
      "quantiles must be 'exact' or 'histogram', got 'p99'",
    ],
    [
      'an SLO in another unit',
      { ...plan, slo: { ttft_ms: 500 } },
      'slo.ttft_ms is not known: the targets are ttft_s and tpot_s, in seconds',
    ],
    ['null for SLOs', { ...plan, slo: null }, 'slo must be an object with ttft_s and tpot_s, got null'],
    ['no replica', batched({}), 'Pool replica: replica must be an object, got undefined'],
    [
      'no step time',
      batched({ replica }),
      'Pool replica: replica.step_time must be an object, got undefined',
    ],
  ])('%s is refused', (_, made, message) => {
    expect(() => untyped(made)).toThrow(RangeError);
    expect(() => untyped(made)).toThrow(message);
  });
});

describe('an argument without types', () => {
  const step_time = {
    base_s: 1,
    prefill_token_s: 0,
    decode_seq_s: 0,
    decode_context_token_s: 0,
    prefill_attention_s: 0,
  };

  it.each<readonly [string, () => unknown, string]>([
    ['a rate in text', () => exponential('2' as never), "rate_per_s must be positive and finite, got '2'"],
    [
      'a token rate in text',
      () => monolithic({ ...cluster, prefill_tokens_per_s: '8000' as never }),
      "prefill_tokens_per_s must be positive and finite, got '8000'",
    ],
    [
      'a number of tokens',
      () => tokens(5 as never),
      'tokens() takes a distribution such as lognormal({ mu, sigma }), got 5',
    ],
    [
      'no number of events',
      () => new Simulation(plan as never).advance(Number.NaN),
      'events must be at least 0, got NaN',
    ],
    [
      'the name of a policy',
      () => untyped(batched({ replica: { ...replica, step_time }, routing: 'round_robin' })),
      "Pool replica: routing must be a policy such as leastOutstanding(), got 'round_robin'",
    ],
    [
      'the maker of a policy',
      () => untyped(batched({ replica: { ...replica, step_time }, routing: roundRobin })),
      'Pool replica: routing must give a replica from 0 to 1, gave a function',
    ],
  ])('%s is refused', (_, call, message) => {
    expect(call).toThrow(RangeError);
    expect(call).toThrow(message);
  });

  it('of the right kind is taken', () => {
    const made = batched({ replica: { ...replica, step_time }, routing: leastOutstanding() });
    expect(untyped(made).report.outcomes.arrivals).toBeGreaterThan(10);
  });
});
