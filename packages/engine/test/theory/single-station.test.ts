/**
 * One station against theory: M/M/1, M/M/c, M/D/1, M/G/1 with lognormal service.
 * A service is a prompt of about a million tokens prefilled at a million tokens a second and an instant answer, so
 * the law of the prompt length is the law of service, to one part in a million.
 */
import { describe, expect, it } from 'vitest';
import {
  constant,
  type Distribution,
  exponential,
  lognormal,
  monolithic,
  type SimulationResult,
  simulate,
  tokens,
} from '../../src/index.ts';
import { erlangC, expectTheory, mg1Wait, mmcWait, REPLICATIONS } from '../support/closed-forms.ts';
import { rowsOf } from '../support/rows.ts';

const TOKENS_PER_S = 1e6;
/** An answer's one token takes a picosecond. */
const INSTANT = 1e12;

interface Station {
  readonly num_gpus: number;
  readonly rate_per_s: number;
  /** Law of the prompt length; service lasts as many microseconds. */
  readonly prompt: Distribution;
  readonly sim_seconds: number;
}

function replications(station: Station): SimulationResult[] {
  const { num_gpus, rate_per_s, prompt, sim_seconds } = station;
  return Array.from({ length: REPLICATIONS }, (_, seed) =>
    simulate({
      seed,
      sim_seconds,
      warmup_seconds: sim_seconds / 10,
      keep_requests: true,
      workload: {
        kind: 'generated',
        interarrival_s: exponential(rate_per_s),
        prompt_tokens: tokens(prompt),
        output_tokens: constant(1),
      },
      architecture: monolithic({
        num_gpus,
        prefill_tokens_per_s: TOKENS_PER_S,
        decode_tokens_per_s: INSTANT,
      }),
    }),
  );
}

const waits = (runs: readonly SimulationResult[]): number[] =>
  runs.map(({ report }) => report.pools[0]?.waiting_s.mean ?? Number.NaN);
const queues = (runs: readonly SimulationResult[]): number[] =>
  runs.map(({ report }) => report.pools[0]?.mean_queue_length ?? Number.NaN);
const loads = (runs: readonly SimulationResult[]): number[] =>
  runs.map(({ report }) => report.pools[0]?.utilization ?? Number.NaN);
const shareDelayed = (run: SimulationResult): number => {
  const [from] = run.report.window_s;
  const rows = rowsOf(run).filter((row) => row.arrival_s >= from && !Number.isNaN(row.prefill_start_s));
  return rows.filter((row) => row.prefill_start_s > row.arrival_s).length / rows.length;
};

describe('M/M/c', () => {
  it.each([
    [1, 0.5, 20_000],
    [1, 0.8, 60_000],
    [2, 0.75, 20_000],
    [10, 0.85, 6000],
  ])('c = %i at load %d: mean wait, queue, share delayed and utilisation', (c, rho, sim_seconds) => {
    const lambda = rho * c;
    const runs = replications({
      num_gpus: c,
      rate_per_s: lambda,
      prompt: exponential(1 / TOKENS_PER_S),
      sim_seconds,
    });
    const wait = mmcWait(c, lambda, 1);
    expectTheory(waits(runs), wait, 'mean wait');
    expectTheory(queues(runs), lambda * wait, 'mean queue length');
    expectTheory(runs.map(shareDelayed), erlangC(c, lambda), 'P(wait > 0)');
    expectTheory(loads(runs), rho, 'utilisation');
  });

  it('with one server: P(wait > 0) is the load, and Erlang agrees', () => {
    expect(erlangC(1, 0.7)).toBeCloseTo(0.7, 12);
    expect(mmcWait(1, 0.7, 1)).toBeCloseTo(0.7 / 0.3, 12);
  });
});

describe('M/D/1', () => {
  it('mean wait and queue', () => {
    const runs = replications({
      num_gpus: 1,
      rate_per_s: 0.8,
      prompt: constant(TOKENS_PER_S),
      sim_seconds: 30_000,
    });
    const wait = mg1Wait(0.8, 1, 1);
    expectTheory(waits(runs), wait, 'mean wait');
    expectTheory(queues(runs), 0.8 * wait, 'mean queue length');
  });
});

describe('M/G/1', () => {
  it('with lognormal service: mean wait and queue', () => {
    const sigma = 0.8;
    const mu = -(sigma ** 2) / 2;
    const runs = replications({
      num_gpus: 1,
      rate_per_s: 0.7,
      prompt: lognormal({ mu: mu + Math.log(TOKENS_PER_S), sigma }),
      sim_seconds: 50_000,
    });
    const wait = mg1Wait(0.7, 1, Math.exp(sigma ** 2));
    expectTheory(waits(runs), wait, 'mean wait');
    expectTheory(queues(runs), 0.7 * wait, 'mean queue length');
  });
});
