/** The warm-up that a pilot chooses: what MSER-5 says of its timeline, and nothing else about the run changes. */
import { constant, exponential, monolithic, type SimulationPlan, simulate } from '@llmsim/engine';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answer, chosenWarmUp, mser5, pilotOf, warmUp, withChosenWarmUp } from '../../src/index.ts';
import { warmUpSentence } from '../../src/views/runs-sentences.ts';

const pilotReport = (plan: SimulationPlan) => simulate(pilotOf(plan)).report;

/** Servers that each hold a request for 20 s: it takes about that long to fill up. */
function slow(rate_per_s: number, more: Partial<SimulationPlan> = {}): SimulationPlan {
  return {
    sim_seconds: 400,
    workload: {
      kind: 'generated',
      interarrival_s: exponential(rate_per_s),
      prompt_tokens: constant(2e5),
      output_tokens: constant(1),
    },
    architecture: monolithic({ num_gpus: 50, prefill_tokens_per_s: 1e4, decode_tokens_per_s: 1e12 }),
    ...more,
  };
}

const plans = fc
  .record({
    rate_per_s: fc.double({ min: 0.3, max: 4, noNaN: true }),
    seed: fc.nat(),
    end: fc.constantFrom('seconds' as const, 'requests' as const),
    warmup_seconds: fc.nat(100),
  })
  .map(({ rate_per_s, seed, end, warmup_seconds }) => {
    const plan = slow(rate_per_s, { seed, warmup_seconds });
    if (end === 'seconds' || plan.workload.kind !== 'generated') return plan;
    const { sim_seconds, ...endless } = plan;
    return { ...endless, workload: { ...plan.workload, max_requests: sim_seconds ?? 0 } };
  });

describe('withChosenWarmUp', () => {
  test('is where MSER-5 starts on waiting requests and busy GPUs of the run from its start on', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { pools, outcomes } = simulate({ ...plan, warmup_seconds: 0 }).report;
        fc.pre(outcomes.arrivals >= 50);
        const [pool] = pools;
        if (pool === undefined) throw new Error('There is one pool');
        const { bin_s, waiting, busy } = pool.timeline;
        const series = Array.from(busy, (count, bin) => count + (waiting[bin] ?? 0));
        while (series.at(-1) === 0) series.pop();
        fc.pre(series.length >= 50);
        const { drop, settled } = mser5(series);
        expect(chosenWarmUp(plan, pilotReport(plan))).toEqual({ warmup_seconds: drop * bin_s, settled });
        expect(withChosenWarmUp(plan)).toEqual({ ...plan, warmup_seconds: drop * bin_s });
      }),
      { numRuns: 25 },
    );
  });

  test('gives the run that this number written down gives, and its window starts there', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const chosen = withChosenWarmUp(plan);
        const { report } = simulate(chosen);
        expect(report.window_s[0]).toBe(chosen.warmup_seconds);
        expect(report.window_s[1]).toBeGreaterThan(report.window_s[0]);
        const { warmup_seconds } = chosenWarmUp(plan, pilotReport(plan));
        expect(report).toEqual(simulate({ ...plan, warmup_seconds }).report);
      }),
      { numRuns: 15 },
    );
  });

  test('leaves out what fills up, and says so', () => {
    const { report } = simulate(withChosenWarmUp(slow(2, { seed: 7 })));
    expect(report.window_s[0]).toBeGreaterThan(5);
    expect(report.window_s[0]).toBeLessThan(200);
    expect(answer(report).warm_up).toMatch(
      /^Warm-up: the first [\d.]+ s are left out, and MSER-5 starts there\.$/,
    );
  });

  test('of other seeds is that of the pilot', () => {
    const own = withChosenWarmUp(slow(2, { seed: 7 })).warmup_seconds;
    const others = [8, 9].map((seed) => withChosenWarmUp(slow(2, { seed }), 7));
    expect(others).toMatchObject([8, 9].map((seed) => ({ seed, warmup_seconds: own })));
    expect(withChosenWarmUp(slow(2, { seed: 8 })).warmup_seconds).not.toBe(own);
  });

  test('is half of a run whose queue only grows', () => {
    const plan = slow(8, { seed: 7 });
    const found = chosenWarmUp(plan, pilotReport(plan));
    expect(found.settled).toBe(false);
    expect(found.warmup_seconds).toBeGreaterThan(190);
    expect(found.warmup_seconds).toBeLessThanOrEqual(200);
    const judged = warmUp([simulate(withChosenWarmUp(plan)).report]);
    expect(warmUpSentence(judged)).toMatch(
      /^Measured from [\d.]+ s on, the most that MSER-5 may leave out: it finds no place to start/,
    );
  });

  test('is nothing where a run is too short to judge', () => {
    const plan = slow(2, { seed: 7, sim_seconds: 10 });
    expect(chosenWarmUp(plan, pilotReport(plan))).toEqual({ warmup_seconds: 0, settled: null });
  });

  test('is never after the last request of a replay', () => {
    const rows = 200;
    const workload = {
      kind: 'replay' as const,
      arrival_s: Array.from({ length: rows }, (_, row) => row / 100),
      prompt_tokens: Array.from({ length: rows }, () => 2e6),
      output_tokens: Array.from({ length: rows }, () => 1),
    };
    const { sim_seconds: _, ...endless } = slow(1);
    const plan: SimulationPlan = { ...endless, workload };
    expect(withChosenWarmUp(plan).warmup_seconds).toBeLessThanOrEqual(1.99);
  });
});
