import { uniformStream } from '@llmsim/engine';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mser5 } from '../../src/index.ts';

/** The rule as the paper writes it, with a pass over the rest for each d. */
function plainMser5(series: readonly number[]): number {
  const batches = Math.floor(series.length / 5);
  const means = Array.from({ length: batches }, (_, batch) => {
    const five = series.slice(5 * batch, 5 * batch + 5);
    return five.reduce((sum, value) => sum + value, 0) / 5;
  });
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (let d = 0; d <= batches / 2; d++) {
    const rest = means.slice(d);
    const mean = rest.reduce((sum, value) => sum + value, 0) / rest.length;
    const statistic = rest.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rest.length ** 2;
    if (d === 0 || statistic < least - 1e-9 * least) [best, least] = [d, statistic];
  }
  return 5 * best;
}

const whole = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 10, maxLength: 200 });

test('is the rule as it is written', () => {
  fc.assert(
    fc.property(whole, (series) => {
      expect(mser5(series).drop).toBe(plainMser5(series));
    }),
  );
});

test('does not depend on the unit of the values or on where their zero lies', () => {
  fc.assert(
    fc.property(whole, (series) => {
      expect(mser5(series.map((value) => 4 * value + 1024)).drop).toBe(mser5(series).drop);
    }),
  );
});

describe('on noise after a start that is known', () => {
  const uniform = uniformStream(7, 'noise');
  const noise = (n: number): number[] => Array.from({ length: n }, () => uniform());

  test('finds a step to within two batches', () => {
    for (const start of [50, 100, 200]) {
      const series = noise(1000).map((value, i) => (i < start ? value + 5 : value));
      const { drop, settled, n } = mser5(series);
      expect(Math.abs(drop - start)).toBeLessThanOrEqual(10);
      expect({ settled, n }).toEqual({ settled: true, n: 1000 });
    }
  });

  test('drops a start that decays, and takes away nearly all of its bias', () => {
    for (let trial = 0; trial < 20; trial++) {
      const series = noise(1000).map((value, i) => value + 10 * 0.98 ** i);
      const { drop } = mser5(series);
      const bias = (10 * 0.98 ** drop) / (0.02 * (1000 - drop));
      expect(bias).toBeLessThan(0.02);
      expect(drop).toBeLessThan(500);
    }
  });

  test('a series that grows all along does not settle', () => {
    expect(mser5(noise(400).map((value, i) => value + i)).settled).toBe(false);
  });
});

test.each([
  [[], { drop: 0, settled: true, n: 0 }],
  [[1, 2, 3, 4], { drop: 0, settled: true, n: 0 }],
  [[5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 1], { drop: 0, settled: true, n: 10 }],
])('%j', (series, wanted) => {
  expect(mser5(series)).toEqual(wanted);
});

test('refuses what is not a number', () => {
  expect(() => mser5([1, 2, 3, 4, Number.NaN])).toThrow(
    new RangeError('series must be finite, got NaN at 4'),
  );
});
