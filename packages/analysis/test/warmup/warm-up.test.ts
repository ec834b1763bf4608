import {
  constant,
  exponential,
  monolithic,
  Simulation,
  type SimulationPlan,
  type SimulationReport,
  simulate,
} from '@llmsim/engine';
import { describe, expect, test } from 'vitest';
import { replications, warmUp, warmUpOfRun } from '../../src/index.ts';
import { results } from '../views/reports.ts';

/** 200 servers that each hold a request for 100 s: it takes that long to fill up to 100 busy ones. */
const slow = {
  sim_seconds: 2000,
  workload: {
    kind: 'generated' as const,
    interarrival_s: exponential(1),
    prompt_tokens: constant(1e6),
    output_tokens: constant(1),
  },
  architecture: monolithic({ num_gpus: 200, prefill_tokens_per_s: 1e4, decode_tokens_per_s: 1e12 }),
} satisfies SimulationPlan;
const { workload } = slow;
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

describe('warmUp', () => {
  test('sees a system fill up', () => {
    const found = warmUp(replications(slow, seeds));
    expect(found.mser5_s).toBeGreaterThanOrEqual(50);
    expect(found.mser5_s).toBeLessThanOrEqual(200);
    expect(found).toMatchObject({ warmup_seconds: 0, settled: true, enough: false });
  });

  test('is content with a warm-up that covers it', () => {
    expect(warmUp(replications({ ...slow, warmup_seconds: 200 }, seeds))).toMatchObject({
      warmup_seconds: 200,
      enough: true,
    });
  });

  test('takes a burst that runs do not share for chance', () => {
    const busy = {
      ...slow,
      workload: { ...workload, interarrival_s: exponential(1.6) },
      warmup_seconds: 200,
    };
    const sets = [0, 1, 2, 3, 4, 5, 6, 7].map((set) => seeds.map((seed) => 100 * set + seed));
    const content = sets.filter((set) => warmUp(replications(busy, set)).enough).length;
    expect(content).toBeGreaterThanOrEqual(7);
  });

  test('learns nothing from the same run again', () => {
    const calm = {
      ...slow,
      workload: { ...workload, interarrival_s: exponential(1.6) },
      warmup_seconds: 200,
    };
    const lulls = Array.from({ length: 40 }, (_, index) => replications(calm, [index + 1])[0]).flatMap(
      (report) => {
        const alone = report === undefined ? null : warmUp([report]);
        if (report === undefined || alone === null) return [];
        expect(warmUp([report, report, report])).toEqual(alone);
        return alone.enough && alone.mser5_s > alone.warmup_seconds ? [alone] : [];
      },
    );
    // Where one run calls it chance, as many of it did not.
    expect(lulls.length).toBeGreaterThan(0);
  });

  test('says of an overloaded system that it does not settle', () => {
    expect(warmUp([results.overloaded.report])).toMatchObject({ settled: false, enough: false });
    const flood = { ...slow, workload: { ...workload, interarrival_s: exponential(4) } };
    expect(warmUp(replications(flood, seeds))).toMatchObject({ settled: false, enough: false });
  });

  test('does not take the time after the last request for the system that settled', () => {
    const found = warmUp(replications({ ...slow, workload: { ...workload, max_requests: 900 } }, seeds));
    expect(found.mser5_s).toBeLessThanOrEqual(200);
  });

  test('adds up bins of different widths', () => {
    const { sim_seconds: _, ...endless } = slow;
    const drained = (max_requests: number, seed: number): SimulationReport =>
      simulate({ ...endless, seed, workload: { ...workload, max_requests } }).report;
    const [short, long] = [drained(1200, 1), drained(2600, 2)];
    const widths = [short, long].map(({ pools }) => pools[0]?.timeline.bin_s);
    expect(widths[1]).toBeGreaterThan(widths[0] ?? 0);
    expect(warmUp([short, long])).toEqual(warmUp([long, short]));
    expect(warmUp([short, long]).mser5_s).toBeLessThanOrEqual(300);
  });

  test('a run without requests has nothing to warm up', () => {
    expect(warmUp([results.empty.report])).toMatchObject({ mser5_s: 0, enough: true });
  });

  test('refuses nothing at all', () => {
    expect(() => warmUp([])).toThrow(new RangeError('reports must hold at least one report, got none'));
  });
});

describe('one run', () => {
  const found = (plan: SimulationPlan, from: number): number =>
    Array.from({ length: 40 }, (_, index) =>
      warmUpOfRun(simulate({ ...plan, seed: from + index }).report),
    ).filter((warm) => warm?.enough === false).length;

  test('sees that it was measured while it filled up', () => {
    expect(found(slow, 1)).toBeGreaterThanOrEqual(36);
  });

  test('hardly ever takes a lull for it', () => {
    // The rule alone finds more to leave out in a good part of such runs.
    const settledLongAgo = { ...slow, warmup_seconds: 400 };
    expect(found(settledLongAgo, 101)).toBeLessThanOrEqual(3);
  });

  test('is not judged when it is short', () => {
    const few = { ...slow, workload: { ...workload, max_requests: 49 } };
    expect(warmUpOfRun(simulate(few).report)).toBeNull();
    const stopped = new Simulation(slow);
    stopped.advance(500);
    stopped.cancel();
    const { report } = stopped.run();
    expect(report.outcomes.arrivals).toBeGreaterThan(50);
    expect(warmUpOfRun(report)).toBeNull();
  });
});
