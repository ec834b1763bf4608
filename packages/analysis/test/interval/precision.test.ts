import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPrecise, meanInterval, type Precision, runsUntilPrecise } from '../../src/index.ts';
import { coverage, knownQueues, meanWaits, take } from './coverage.ts';

const precision: Precision = { half_width: 0.1, relative: true, min_runs: 3, max_runs: 20, level: 0.95 };
const samples = fc.array(fc.double({ min: 0.5, max: 2, noNaN: true }), { minLength: 2, maxLength: 30 });

test('stops at the first narrow interval, not before the least and not after the most', () => {
  fc.assert(
    fc.property(samples, (values) => {
      const narrow = (n: number): boolean => {
        const { mean, half_width } = meanInterval(values.slice(0, n));
        return half_width <= 0.1 * mean;
      };
      const looked = values.map((_, i) => i + 1).filter((n) => n >= 3 && n <= 20);
      expect(runsUntilPrecise(values, precision)).toBe(looked.find(narrow) ?? null);
    }),
  );
});

test('what comes later does not change where it stops', () => {
  fc.assert(
    fc.property(samples, samples, (values, later) => {
      const stop = runsUntilPrecise(values, precision);
      if (stop !== null) expect(runsUntilPrecise([...values, ...later], precision)).toBe(stop);
    }),
  );
});

test('relative widths are shares of the mean, absolute ones have its unit', () => {
  const interval = meanInterval([-9, -10, -11]);
  expect(isPrecise(interval, { half_width: 0.25, relative: true })).toBe(true);
  expect(isPrecise(interval, { half_width: 0.24, relative: true })).toBe(false);
  expect(isPrecise(interval, { half_width: 2.5, relative: false })).toBe(true);
  expect(isPrecise(interval, { half_width: 2.4, relative: false })).toBe(false);
});

test.each([
  [{ half_width: 0 }, 'half_width must be positive and finite, got 0'],
  [{ min_runs: 1 }, 'min_runs must be a whole number of at least 2, got 1'],
  [{ max_runs: 2 }, 'max_runs must be a whole number of at least min_runs = 3, got 2'],
])('refuses %j', (odd, message) => {
  expect(() => runsUntilPrecise([1, 2], { ...precision, ...odd })).toThrow(new RangeError(message));
});

// A small version of `pnpm bench:coverage`: 95 of 100 within four standard deviations.
test('intervals hold the mean wait of M/M/1 about as often as they say', () => {
  const [known] = knownQueues;
  if (known === undefined) throw new Error('no queue is known');
  const held = coverage(known, 100, (waits) => meanInterval(take(waits, 5)));
  expect(held).toBeGreaterThan(0.86);
  // And not by being wide: runs whose mean is known to a fifth.
  const { mean, half_width } = meanInterval(take(meanWaits(known, 0), 5));
  expect(half_width / mean).toBeLessThan(0.2);
});
