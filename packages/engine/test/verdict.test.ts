/**
 * The verdict, over many seeds: a system with room to spare is stable, one without is overloaded, a burst at the end
 * is a backlog. Between loads of 0.9 and 1.1 a run of this length cannot know, and nothing is asserted.
 */
import { describe, expect, it } from 'vitest';
import {
  type Architecture,
  constant,
  type Distribution,
  disaggregated,
  exponential,
  lognormal,
  monolithic,
  type SimulationReport,
  simulate,
  tokens,
  uniformStream,
  type Verdict,
} from '../src/index.ts';

const TOKENS_PER_S = 1e6;
/** Services of one second on average. */
const exponentialService = tokens(exponential(1 / TOKENS_PER_S));
const lognormalService = tokens(lognormal({ mu: Math.log(TOKENS_PER_S) - 0.5, sigma: 1 }));

const station = (num_gpus: number): Architecture =>
  monolithic({ num_gpus, prefill_tokens_per_s: TOKENS_PER_S, decode_tokens_per_s: 1e12 });

/** About `requests` arrivals at load `rho` on c GPUs. */
function reportOf(
  seed: number,
  c: number,
  rho: number,
  requests: number,
  service: Distribution,
): SimulationReport {
  const sim_seconds = requests / (rho * c);
  return simulate({
    seed,
    sim_seconds,
    warmup_seconds: sim_seconds / 10,
    quantiles: 'histogram',
    workload: {
      kind: 'generated',
      interarrival_s: exponential(rho * c),
      prompt_tokens: service,
      output_tokens: constant(1),
    },
    architecture: station(c),
  }).report;
}

function share(state: Verdict['state'], verdicts: readonly Verdict[]): number {
  return verdicts.filter((verdict) => verdict.state === state).length / verdicts.length;
}

const seeds = (n: number): number[] => Array.from({ length: n }, (_, seed) => seed);

describe('the verdict', () => {
  it.each([
    [1, 0.8, 1200],
    [4, 0.8, 600],
    [10, 0.8, 1200],
    [1, 0.5, 300],
    [20, 0.7, 300],
  ])('M/M/%i at load %d over %i arrivals is stable for at least 198 of 200 seeds', (c, rho, requests) => {
    const verdicts = seeds(200).map((seed) => reportOf(seed, c, rho, requests, exponentialService).verdict);
    expect(share('stable', verdicts)).toBeGreaterThanOrEqual(0.99);
    for (const { state, pool } of verdicts) expect(pool).toBe(state === 'stable' ? null : 'gpu');
  });

  it.each([
    [1, 1.2, 3000],
    [4, 1.2, 3000],
    [10, 1.3, 2000],
    [20, 2, 600],
  ])('M/M/%i at load %d over %i arrivals is overloaded for all of 100 seeds', (c, rho, requests) => {
    const verdicts = seeds(100).map((seed) => reportOf(seed, c, rho, requests, exponentialService).verdict);
    expect(share('overloaded', verdicts)).toBe(1);
    expect(verdicts[0]?.pool).toBe('gpu');
    expect(verdicts[0]?.reason).toMatch(
      /^the gpu queue grew all along, by \d{1,3}(,\d{3})* requests in \d{1,3}(,\d{3})* s/,
    );
  });

  it('holds for spread service times as well', () => {
    const stable = seeds(100).map((seed) => reportOf(seed, 4, 0.7, 1200, lognormalService).verdict);
    expect(share('stable', stable)).toBeGreaterThanOrEqual(0.99);
    const overloaded = seeds(100).map((seed) => reportOf(seed, 4, 1.3, 3000, lognormalService).verdict);
    expect(share('overloaded', overloaded)).toBe(1);
  });

  /** Arrivals of a Poisson process whose rate is a function of time, by thinning. */
  function replayed(seed: number, rate: (t: number) => number, until_s: number) {
    const draw = uniformStream(seed, 'thinning');
    const gap = exponential(20)(uniformStream(seed, 'gaps'));
    const service = exponentialService(uniformStream(seed, 'service'));
    const arrival_s: number[] = [];
    for (let t = gap(); t < until_s; t += gap()) if (draw() < rate(t) / 20) arrival_s.push(t);
    return {
      kind: 'replay',
      arrival_s,
      prompt_tokens: arrival_s.map(service),
      output_tokens: arrival_s.map(() => 1),
    } as const;
  }

  it('a burst at the end leaves a backlog, whether the run stops there or drains', () => {
    const verdicts = seeds(50).flatMap((seed) => {
      const workload = replayed(seed, (t) => (t < 475 ? 2 : 20), 500);
      return [{ sim_seconds: 500 }, {}].map(
        (end) => simulate({ ...end, workload, architecture: station(4) }).report.verdict,
      );
    });
    expect(share('backlogged', verdicts)).toBe(1);
    expect(verdicts[0]?.reason).toMatch(/^the gpu queue ends at \d+ waiting/);
    expect(verdicts[0]?.pool).toBe('gpu');
  });

  it('a burst that has been worked off leaves none', () => {
    const verdicts = seeds(50).map((seed) => {
      const workload = replayed(seed, (t) => (t > 150 && t < 175 ? 20 : 2), 1000);
      return simulate({ sim_seconds: 1000, workload, architecture: station(4) }).report.verdict;
    });
    expect(share('stable', verdicts)).toBeGreaterThanOrEqual(0.98);
  });

  it('an overloaded replay says so although it drains in the end', () => {
    const verdicts = seeds(50).map((seed) => {
      const workload = replayed(seed, () => 6, 500);
      const { report } = simulate({ workload, architecture: station(4) });
      expect(report.outcomes.in_flight).toBe(0);
      return report.verdict;
    });
    expect(share('overloaded', verdicts)).toBe(1);
  });

  it.each([
    ['prefill', 2, 8],
    ['decode', 8, 2],
  ])('names the pool that binds: %s', (name, prefill_gpus, decode_gpus) => {
    const { verdict } = simulate({
      seed: 1,
      sim_seconds: 1000,
      workload: {
        kind: 'generated',
        interarrival_s: exponential(3),
        prompt_tokens: exponentialService,
        output_tokens: exponentialService,
      },
      architecture: disaggregated({
        prefill_gpus,
        decode_gpus,
        prefill_tokens_per_s: TOKENS_PER_S,
        decode_tokens_per_s: TOKENS_PER_S,
      }),
    }).report;
    expect(verdict).toMatchObject({ state: 'overloaded', pool: name });
  });

  it('of a handful of requests is not overloaded', () => {
    const workload = {
      kind: 'replay',
      arrival_s: [0, 1, 2, 3],
      prompt_tokens: [1, 1, 1, 1],
      output_tokens: [1, 1, 1, 1],
    } as const;
    expect(simulate({ workload, architecture: station(1) }).report.verdict.state).toBe('stable');
  });
});
