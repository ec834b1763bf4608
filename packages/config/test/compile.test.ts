import { type ReplayWorkload, simulate, uniformStream } from '@llmsim/engine';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CompileOptions, checkConfig, compile, echoOf, formatProblem, locate } from '../src/index.ts';
import { tokenRateScenario } from './arbitrary.ts';
import { configOf, scenarioOf } from './loading.ts';

function planOf(text: string, options: CompileOptions = {}) {
  const compiled = compile(configOf(text), options);
  if (!compiled.ok) throw new Error(compiled.problems.map(formatProblem).join('\n'));
  return compiled.plan;
}

const replay: ReplayWorkload = {
  kind: 'replay',
  arrival_s: [0, 1, 2],
  prompt_tokens: [800, 1600, 800],
  output_tokens: [2, 1, 3],
};

/** n draws of a generated workload's quantity. */
function draws(
  text: string,
  quantity: 'interarrival_s' | 'prompt_tokens' | 'output_tokens',
  n = 20_000,
): number[] {
  const { workload } = planOf(text);
  if (workload.kind !== 'generated') throw new Error('not generated');
  const next = workload[quantity](uniformStream(1, quantity));
  return Array.from({ length: n }, () => next());
}

const mean = (sample: readonly number[]): number => sample.reduce((sum, x) => sum + x, 0) / sample.length;
const cv = (sample: readonly number[]): number => {
  const m = mean(sample);
  return Math.sqrt(mean(sample.map((x) => (x - m) ** 2))) / m;
};

describe('compile', () => {
  it('carries over what the engine takes as it is', () => {
    const text = 'random_seed: 7\nsim_seconds: 90\nwarmup_seconds: 9\nslo: {ttft_s: 1}\nquantiles: histogram';
    expect(planOf(text, { keep_requests: true })).toMatchObject({
      seed: 7,
      sim_seconds: 90,
      warmup_seconds: 9,
      slo: { ttft_s: 1 },
      quantiles: 'histogram',
      keep_requests: true,
    });
  });

  it('is that of the pilot where the warm-up is chosen by it', () => {
    const trace: ReplayWorkload = {
      kind: 'replay',
      arrival_s: [1, 2],
      prompt_tokens: [9, 9],
      output_tokens: [9, 9],
    };
    expect(planOf('warmup_seconds: auto').warmup_seconds).toBe(0);
    expect(planOf('warmup_seconds: auto\ntrace: {path: a.csv}', { trace }).warmup_seconds).toBe(0);
  });

  it('any valid token-rate scenario compiles, and its distributions echo', () => {
    fc.assert(
      fc.property(tokenRateScenario, (input) => {
        const checked = checkConfig(input);
        if (!checked.ok) throw new Error(checked.problems.map(formatProblem).join('\n'));
        const { config } = checked;
        expect(compile(config).ok).toBe(true);
        for (const tokens of [config.prompt_tokens, config.output_tokens]) {
          const { log, real } = echoOf(tokens ?? { mode: 'log', mean: 0, sigma: 0, min_value: 1 });
          expect([log?.mu, log?.sigma, real.mean, real.std].every(Number.isFinite)).toBe(true);
        }
      }),
    );
  });

  it('draws gaps of the given rate, with the spread of their process', () => {
    const rate = 'rate_per_s: 4';
    // Standard error of the mean: cv · 0.25 s / √20000, below 0.006 s for cv 3.
    for (const [process, expected] of [
      ['poisson', 1],
      ['gamma, burstiness: 4', 0.5],
      ['gamma, burstiness: 0.111', 3],
    ] as const) {
      const gaps = draws(`arrival: {${rate}, process: ${process}}`, 'interarrival_s');
      expect(Math.abs(mean(gaps) - 0.25)).toBeLessThan(0.03);
      expect(Math.abs(cv(gaps) / expected - 1)).toBeLessThan(0.1);
    }
    expect(draws(`arrival: {${rate}, process: constant}`, 'interarrival_s', 3)).toEqual([0.25, 0.25, 0.25]);
  });

  it('draws lengths that are whole, at least min_value, and have the configured mean and percentiles', () => {
    const byMean = draws(
      'prompt_tokens: {mode: real_mean_std, mean: 1024, std: 512, min_value: 8}',
      'prompt_tokens',
    );
    expect(Math.abs(mean(byMean) - 1024)).toBeLessThan(20);
    expect(Math.abs(cv(byMean) - 0.5)).toBeLessThan(0.03);
    const byPercentile = draws(
      'output_tokens: {mode: p50_p90, p50: 128, p90: 512, min_value: 16}',
      'output_tokens',
    ).sort((a, b) => a - b);
    expect(Math.abs((byPercentile[10_000] ?? 0) - 128)).toBeLessThan(6);
    expect(Math.abs((byPercentile[18_000] ?? 0) - 512)).toBeLessThan(30);
    expect(byPercentile.every((length) => Number.isInteger(length) && length >= 16)).toBe(true);
  });

  it('draws every length between the ends of a uniform law', () => {
    const lengths = draws('prompt_tokens: {mode: uniform, min: 3, max: 5}', 'prompt_tokens', 3000);
    expect([...new Set(lengths)].sort()).toEqual([3, 4, 5]);
    expect(Math.abs(mean(lengths) - 4)).toBeLessThan(0.1);
  });

  it('lets clients wait for their answers: as many run as there are clients', () => {
    const text =
      'arrival: {process: closed_loop, concurrency: 3, max_requests: 60}\nwarmup_seconds: 0\ncluster_mono: {num_gpus: 2}\n';
    const { report } = simulate(planOf(text));
    expect(report.outcomes).toMatchObject({ arrivals: 60, completed: 60 });
    // Two are served, one waits, until the last ones are left.
    expect(report.pools[0]?.max_queue_length).toBe(1);
    expect(report.pools[0]?.utilization).toBeGreaterThan(0.9);
  });

  it('a length without spread is the length itself, for every length', () => {
    for (const length of [1, 3, 1000, 1024, 12345]) {
      expect(
        draws(`prompt_tokens: {mode: real_mean_std, mean: ${length}, std: 0}`, 'prompt_tokens', 2),
      ).toEqual([length, length]);
    }
  });

  it('sends the same requests to either cluster', () => {
    const text = 'sim_seconds: 60\nwarmup_seconds: 0\n';
    const [mono, disagg] = ['mono', 'disagg'].map(
      (mode) => simulate(planOf(`mode: ${mode}\n${text}`, { keep_requests: true })).requests,
    );
    expect(mono?.arrival_s).toEqual(disagg?.arrival_s);
    expect(mono?.prompt_tokens).toEqual(disagg?.prompt_tokens);
    expect(mono?.length).toBeGreaterThan(60);
  });

  it('replays a trace, until it is drained unless a length is given', () => {
    const text =
      'trace: {path: a.csv}\nwarmup_seconds: 0\ncluster_mono: {num_gpus: 1, decode_tokens_per_s: 10}\n';
    // One GPU, 8000 and 10 tokens/s, by hand: request 1 holds it for 0.1 + 0.2 s, 2 for 0.2 + 0.1, 3 for 0.1 + 0.3.
    const { report } = simulate(planOf(text, { trace: replay }));
    expect(report.outcomes).toEqual({ arrivals: 3, completed: 3, rejected: 0, in_flight: 0 });
    expect(report.ttft_s.mean).toBeCloseTo((0.2 + 0.3 + 0.2) / 3, 12);
    expect(simulate(planOf(`${text}sim_seconds: 1.5\n`, { trace: replay })).report.outcomes.arrivals).toBe(2);
  });

  it('a link delays the first token by latency and bytes over bandwidth', () => {
    const text =
      'mode: disagg\ntrace: {path: a.csv}\nwarmup_seconds: 0\ncluster_disagg: {prefill_gpus: 3, decode_gpus: 3';
    const link = 'link: {latency_s: 0.5, bandwidth_bytes_per_s: 1000, kv_bytes_per_token: 1}';
    const without = simulate(planOf(`${text}}`, { trace: replay })).report.ttft_s.mean ?? 0;
    const with_ = simulate(planOf(`${text}, ${link}}`, { trace: replay })).report.ttft_s.mean ?? 0;
    expect(with_ - without).toBeCloseTo(0.5 + (0.8 + 1.6 + 0.8) / 3, 12);
  });
});

describe('what cannot be compiled', () => {
  const problemsFor = (text: string, options: CompileOptions = {}): string[] => {
    const scenario = scenarioOf(text);
    const compiled = compile(scenario.config, options);
    return compiled.ok ? [] : compiled.problems.map((problem) => formatProblem(locate(problem, scenario)));
  };

  it('routing by session without sessions, in the cluster of the mode', () => {
    const text = 'cluster_mono: {model: steps, routing: session}\n';
    expect(problemsFor(text)).toEqual([
      'a.yaml:1:39: routing is session, and the workload says no sessions. Write routing: least_outstanding, which is what requests without a session get.',
    ]);
    expect(problemsFor(`mode: disagg\n${text}`)).toEqual([]);
    const trace = { ...replay, session: [1, 1, 2] };
    expect(problemsFor(`trace: {path: a.csv}\nwarmup_seconds: 0\n${text}`, { trace })).toEqual([]);
  });

  it('routing by prefixes that nobody keeps, or that the trace does not say', () => {
    const caching = 'replica: {enable_prefix_caching: true}';
    expect(problemsFor('cluster_mono: {model: steps, routing: prefix}')).toEqual([
      'a.yaml:1:39: routing is prefix, and replica keeps no prefixes. Write enable_prefix_caching: true under replica.',
    ]);
    expect(problemsFor(`cluster_mono: {model: steps, routing: prefix, ${caching}}`)).toEqual([
      'a.yaml:1:39: routing is prefix, and the workload has no hash ids of prefixes. Write routing: least_outstanding, which is what requests without a prefix get.',
    ]);
    expect(problemsFor('mode: disagg\ncluster_disagg: {model: steps, prefill_routing: prefix}')).toEqual([
      'a.yaml:2:49: prefill_routing is prefix, and prefill_replica keeps no prefixes. Write enable_prefix_caching: true under prefill_replica.',
    ]);
    const blocks = { block_size: 512, offsets: Int32Array.of(0, 1, 1, 1), ids: Int32Array.of(0) };
    const trace = { ...replay, hash_ids: blocks };
    const text = `trace: {path: a.csv}\nwarmup_seconds: 0\ncluster_mono: {model: steps, routing: prefix, ${caching}}`;
    expect(problemsFor(text, { trace })).toEqual([]);
  });

  it('a routing that both pools replace needs nothing', () => {
    const own = 'prefill_routing: random, decode_routing: round_robin';
    expect(problemsFor(`mode: disagg\ncluster_disagg: {model: steps, routing: session, ${own}}`)).toEqual([]);
    expect(problemsFor('mode: disagg\ncluster_disagg: {model: steps, decode_routing: session}')).toEqual([
      'a.yaml:2:48: decode_routing is session, and the workload says no sessions. Write decode_routing: least_outstanding, which is what requests without a session get.',
    ]);
  });

  it('a trace that nobody read', () => {
    expect(problemsFor('trace: {path: a.csv}')).toEqual([
      'a.yaml:1:8: the trace a.csv was not read. Give compile its requests as { trace }.',
    ]);
  });

  it('a trace that ends within the warm-up', () => {
    expect(problemsFor('trace: {path: a.csv}', { trace: replay })).toEqual([
      'a.yaml:1:1: warmup_seconds is 60, and the last request of the trace arrives at 2.000 s. Lower warmup_seconds, or replay more of the trace: nothing is measured before warmup_seconds.',
    ]);
  });
});
