import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tQuantile } from '../../src/index.ts';

// Columns of the printed table of Student's t (three decimals), one-sided.
const TABLE: readonly (readonly [degrees: number, p95: number, p975: number, p995: number, p9995: number])[] =
  [
    [1, 6.314, 12.706, 63.657, 636.619],
    [2, 2.92, 4.303, 9.925, 31.599],
    [3, 2.353, 3.182, 5.841, 12.924],
    [5, 2.015, 2.571, 4.032, 6.869],
    [9, 1.833, 2.262, 3.25, 4.781],
    [10, 1.812, 2.228, 3.169, 4.587],
    [19, 1.729, 2.093, 2.861, 3.883],
    [30, 1.697, 2.042, 2.75, 3.646],
    [100, 1.66, 1.984, 2.626, 3.39],
  ];

test.each(TABLE)('agrees with the table at %i degrees of freedom', (degrees, ...row) => {
  for (const [column, p] of [0.95, 0.975, 0.995, 0.9995].entries()) {
    expect(Math.abs(tQuantile(p, degrees) - (row[column] ?? Number.NaN))).toBeLessThanOrEqual(0.0005 + 1e-9);
  }
});

describe('closed forms', () => {
  const probability = fc.double({ min: 0.001, max: 0.999, noNaN: true });

  test('one degree of freedom is Cauchy: tan(π(p − ½))', () => {
    fc.assert(
      fc.property(probability, (p) => {
        const wanted = Math.tan(Math.PI * (p - 0.5));
        expect(Math.abs(tQuantile(p, 1) - wanted)).toBeLessThanOrEqual(1e-11 * (1 + Math.abs(wanted)));
      }),
    );
  });

  test('two degrees of freedom: (2p − 1)/√(2p(1 − p))', () => {
    fc.assert(
      fc.property(probability, (p) => {
        const wanted = (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
        expect(Math.abs(tQuantile(p, 2) - wanted)).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(wanted)));
      }),
    );
  });

  test('many degrees of freedom are normal', () => {
    expect(tQuantile(0.975, 1e7)).toBeCloseTo(1.959964, 5);
    expect(tQuantile(0.9, 1e7)).toBeCloseTo(1.2815516, 5);
  });

  test('degrees of freedom need not be whole', () => {
    expect(tQuantile(0.75, 2.5)).toBeCloseTo(0.7850136829922993, 12);
    expect(tQuantile(0.975, 7.3)).toBeCloseTo(2.345066736547703, 12);
  });
});

test('symmetric, growing in p, and closer to 0 with more degrees of freedom', () => {
  const upper = fc.double({ min: 0.501, max: 0.9999, noNaN: true });
  const degrees = fc.double({ min: 1, max: 1e5, noNaN: true });
  fc.assert(
    fc.property(upper, upper, degrees, (p, q, freedom) => {
      const t = tQuantile(p, freedom);
      expect(tQuantile(1 - p, freedom)).toBeCloseTo(-t, 6);
      expect(tQuantile(Math.max(p, q), freedom)).toBeGreaterThanOrEqual(t);
      expect(tQuantile(p, 1.5 * freedom)).toBeLessThanOrEqual(t);
    }),
  );
  expect(tQuantile(0.5, 3)).toBe(0);
});

test.each([0, 1, -0.1, Number.NaN])('refuses p = %d', (p) => {
  expect(() => tQuantile(p, 5)).toThrow(new RangeError(`p must lie in (0, 1), got ${p}`));
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d degrees of freedom', (degrees) => {
  expect(() => tQuantile(0.9, degrees)).toThrow('degrees_of_freedom must be positive and finite');
});
