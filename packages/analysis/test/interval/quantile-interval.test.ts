import { quantile, uniformStream } from '@llmsim/engine';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantileInterval } from '../../src/index.ts';
import { binomialTable } from '../../src/interval/binomial.ts';

const oneTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

/** C(n, k) pᵏ (1 − p)ⁿ⁻ᵏ summed as it is written, for small n. */
function plainCumulative(n: number, p: number, k: number): number {
  let sum = 0;
  for (let j = 0; j <= k; j++) {
    let ways = 1;
    for (let i = 1; i <= j; i++) ways = (ways * (n - j + i)) / i;
    sum += ways * p ** j * (1 - p) ** (n - j);
  }
  return sum;
}

test('the binomial table is the sum as it is written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (n, p) => {
      const { from, cumulative } = binomialTable(n, p);
      for (const [i, probability] of cumulative.entries())
        expect(probability).toBeCloseTo(plainCumulative(n, p, from + i), 10);
    }),
  );
});

test('the binomial table of many trials has its mean and variance', () => {
  const [n, p] = [1_000_000, 0.99];
  const { from, cumulative } = binomialTable(n, p);
  let [mean, square] = [0, 0];
  for (const [i, probability] of cumulative.entries()) {
    const weight = probability - (cumulative[i - 1] ?? 0);
    mean += weight * (from + i);
    square += weight * (from + i - n * p) ** 2;
  }
  expect(mean).toBeCloseTo(n * p, 4);
  expect(square / (n * p * (1 - p))).toBeCloseTo(1, 6);
});

describe('quantileInterval', () => {
  // R: qbinom(c(.025, .975), 100, 0.5) is 40, 60.
  test('of the median of a hundred values runs from the 40th to the 61st', () => {
    expect(quantileInterval(oneTo(100), 0.5)).toMatchObject({ estimate: 50.5, low: 40, high: 61 });
    expect(quantileInterval(oneTo(100), 0.5)?.coverage).toBeCloseTo(0.9648, 4);
  });

  test('covers at least its level, and no rank could be left out', () => {
    const ranks = fc.record({
      n: fc.integer({ min: 20, max: 400 }),
      p: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
      level: fc.double({ min: 0.5, max: 0.99, noNaN: true }),
    });
    fc.assert(
      fc.property(ranks, ({ n, p, level }) => {
        const interval = quantileInterval(oneTo(n), p, level);
        if (interval === null) return;
        const [low, high] = interval.ranks;
        expect(interval.coverage).toBeGreaterThanOrEqual(level - 1e-12);
        expect(low).toBeLessThan(high);
        const { from, cumulative } = binomialTable(n, p);
        const atMost = (k: number): number => (k < from ? 0 : (cumulative[k - from] ?? 1));
        // One rank closer on either side leaves more than half of 1 − level outside.
        expect(atMost(low)).toBeGreaterThan((1 - level) / 2);
        expect(1 - atMost(high - 2)).toBeGreaterThan((1 - level) / 2);
        expect(interval.estimate).toBe(quantile(oneTo(n), p));
      }),
    );
  });

  test('knows when a sample is too small: a p99 needs 368 values', () => {
    const first = oneTo(600).find((n) => quantileInterval(oneTo(n), 0.99) !== null);
    expect(first).toBe(368);
    expect(quantileInterval([], 0.5)).toBeNull();
    expect(quantileInterval([1], 0.5)).toBeNull();
  });

  test('holds the true quantile of uniform values in 93 to 97 % of 1000 samples', () => {
    const uniform = uniformStream(1, 'quantiles');
    for (const p of [0.5, 0.9]) {
      let [held, expected] = [0, 0];
      for (let trial = 0; trial < 1000; trial++) {
        const interval = quantileInterval(
          Float64Array.from({ length: 200 }, () => uniform()),
          p,
        );
        if (interval !== null && interval.low <= p && p <= interval.high) held++;
        expected += interval?.coverage ?? 0;
      }
      expect(Math.abs(held - expected)).toBeLessThan(25);
    }
  });

  test.each([
    [0, 0.95, 'p must lie in (0, 1), got 0'],
    [0.5, 1, 'level must lie in (0, 1), got 1'],
  ])('refuses p %d at level %d', (p, level, message) => {
    expect(() => quantileInterval([1, 2], p, level)).toThrow(new RangeError(message));
  });
});
