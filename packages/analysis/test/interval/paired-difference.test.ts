import { exponential, lognormal, monolithic, type SimulationPlan, tokens } from '@llmsim/engine';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meanInterval, pairedDifference, replicate } from '../../src/index.ts';

const pairs = fc.array(
  fc.tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: -1e6, max: 1e6, noNaN: true })),
  { minLength: 2, maxLength: 30 },
);

test('turns its sign with the order, and is nothing against itself', () => {
  fc.assert(
    fc.property(pairs, (values) => {
      const [first, second] = [values.map(([a]) => a), values.map(([, b]) => b)];
      const there = pairedDifference(first, second);
      const back = pairedDifference(second, first);
      expect(back.interval.mean).toBeCloseTo(-there.interval.mean, 6);
      expect(back.interval.half_width).toBeCloseTo(there.interval.half_width, 6);
      expect(back.seen).toBe(there.seen);
      expect(pairedDifference(first, first)).toMatchObject({
        interval: { mean: 0, half_width: 0 },
        seen: false,
      });
    }),
  );
});

test("the same as Student's interval of the differences, and never wider than the spread of both allows", () => {
  fc.assert(
    fc.property(pairs, (values) => {
      const { interval, variance_ratio } = pairedDifference(
        values.map(([a]) => a),
        values.map(([, b]) => b),
      );
      expect(interval).toEqual(meanInterval(values.map(([a, b]) => b - a)));
      // var(b − a) ≤ (σa + σb)² ≤ 2(var a + var b)
      if (variance_ratio !== null) expect(variance_ratio).toBeLessThanOrEqual(2 + 1e-9);
    }),
  );
});

test("Student's sleep data: the second drug gives 1.58 ± 0.88 hours more", () => {
  const difference = pairedDifference(
    [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2],
    [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
  );
  expect(difference.interval.mean).toBeCloseTo(1.58, 12);
  expect(difference.interval.half_width).toBeCloseTo(0.88, 2);
  expect(difference.seen).toBe(true);
  expect(difference.relative).toBeCloseTo(1.58 / 0.75, 12);
});

test('no difference is seen where the interval touches zero', () => {
  expect(pairedDifference([1, 2, 3], [1, 2, 3]).seen).toBe(false);
  expect(pairedDifference([1, 2], [2, 1]).seen).toBe(false);
  expect(pairedDifference([0.3, 0.3], [0.1 + 0.2, 0.1 + 0.2]).seen).toBe(false);
  // 0.5 ms from instants about 600 s, which are right to 1e-13 s.
  const tpot = (start_s: number): number => start_s + 0.0005 - start_s;
  expect(pairedDifference([tpot(500), tpot(520)], [tpot(300.1), tpot(310.7)])).toMatchObject({
    seen: false,
    interval: { mean: 0, half_width: 0 },
  });
  expect(pairedDifference([1, 2, 3], [2, 3, 4])).toMatchObject({
    seen: true,
    correlation: 1,
    variance_ratio: 0,
  });
  expect(pairedDifference([1, 1], [2, 2])).toMatchObject({ correlation: null, variance_ratio: null });
  expect(pairedDifference([-1, 1], [0, 2]).relative).toBeNull();
});

test.each([
  [[1, 2], [1], 'first and second must be equally long, got 2 and 1'],
  [[1], [1], 'values must hold at least 2 numbers, got 1'],
  [[1, 2], [1, Number.NaN], 'values must be finite, got NaN at 1'],
])('refuses %j against %j', (first, second, message) => {
  expect(() => pairedDifference(first, second)).toThrow(new RangeError(message));
});

describe('common random numbers', () => {
  const plan = (prefill_tokens_per_s: number): SimulationPlan => ({
    sim_seconds: 300,
    warmup_seconds: 30,
    workload: {
      kind: 'generated',
      interarrival_s: exponential(6),
      prompt_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
      output_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
    },
    architecture: monolithic({ num_gpus: 4, prefill_tokens_per_s, decode_tokens_per_s: 2000 }),
  });

  // Measured: 1/48 of the variance.
  test('take away most of the variance of a difference', () => {
    const seeds = Array.from({ length: 60 }, (_, seed) => seed);
    const read = (of: SimulationPlan, from: number): readonly number[] =>
      replicate(
        of,
        seeds.map((seed) => seed + from),
        ({ ttft_s }) => ttft_s.mean,
      ).values;
    const before = read(plan(8000), 0);
    const common = pairedDifference(before, read(plan(10_000), 0));
    const independent = pairedDifference(before, read(plan(10_000), 1000));
    expect(common.variance_ratio).toBeLessThan(0.1);
    expect(common.correlation).toBeGreaterThan(0.9);
    expect(independent.variance_ratio).toBeGreaterThan(0.7);
    expect(common.interval.half_width).toBeLessThan(0.3 * independent.interval.half_width);
  });
});
