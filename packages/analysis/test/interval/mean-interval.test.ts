import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meanInterval } from '../../src/index.ts';

test("Law's ten observations: 1.34 ± 0.24 at 90 %", () => {
  const interval = meanInterval([1.2, 1.5, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.5, 1.09], 0.9);
  expect(interval.mean).toBeCloseTo(1.343, 3);
  expect(interval.half_width).toBeCloseTo(0.24, 2);
  expect(interval).toMatchObject({ n: 10, level: 0.9 });
});

test("Student's sleep data, second drug: 2.33 ± 1.43 at 95 %", () => {
  const { mean, half_width } = meanInterval([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);
  expect(mean).toBeCloseTo(2.33, 12);
  expect(half_width).toBeCloseTo(1.432, 3);
});

const samples = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 30 });

test('contains its mean, widens with the level, and moves with its values', () => {
  fc.assert(
    fc.property(samples, fc.double({ min: 0.5, max: 0.98, noNaN: true }), (values, level) => {
      const interval = meanInterval(values, level);
      expect(interval.low).toBeLessThanOrEqual(interval.mean);
      expect(interval.high).toBeGreaterThanOrEqual(interval.mean);
      expect(meanInterval(values, level + 0.01).half_width).toBeGreaterThanOrEqual(interval.half_width);
      const shifted = meanInterval(
        values.map((value) => value + 1000),
        level,
      );
      expect(shifted.mean).toBeCloseTo(interval.mean + 1000, 6);
      expect(shifted.half_width).toBeCloseTo(interval.half_width, 4);
    }),
  );
});

test('values that are all alike have no width', () => {
  expect(meanInterval(new Float64Array([3, 3, 3])).half_width).toBe(0);
});

test.each([
  [[], 0.95, 'values must hold at least 2 numbers, got 0'],
  [[1], 0.95, 'values must hold at least 2 numbers, got 1'],
  [[1, Number.NaN], 0.95, 'values must be finite, got NaN at 1'],
  [[1, 2], 1, 'level must lie in (0, 1), got 1'],
  [[1, 2], 95, 'level must lie in (0, 1), got 95'],
])('refuses %j at level %d', (values, level, message) => {
  expect(() => meanInterval(values, level)).toThrow(new RangeError(message));
});
