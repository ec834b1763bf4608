import { uniformStream } from '@llmsim/engine';
import { expect, test } from 'vitest';
import { batchMeans, meanInterval } from '../../src/index.ts';

test('cuts equal batches and drops the odd values at the start', () => {
  const { means, batch_size, dropped } = batchMeans([100, 1, 3, 2, 4, 3, 5], 3);
  expect({ means, batch_size, dropped }).toEqual({ means: [2, 3, 4], batch_size: 2, dropped: 1 });
});

test('batches of one value are the plain interval', () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6];
  expect(batchMeans(values, 8, 0.9).interval).toEqual(meanInterval(values, 0.9));
});

test('means that rise one by one are correlated, means that alternate are the opposite', () => {
  expect(batchMeans([1, 2, 3, 4], 4).lag1).toBeCloseTo(0.25, 12);
  expect(batchMeans([1, -1, 1, -1], 4).lag1).toBeCloseTo(-0.75, 12);
  expect(batchMeans([2, 2, 2, 2], 4).lag1).toBe(0);
});

/** xₙ = 0.9 xₙ₋₁ + noise about 0, whose mean is 0 and whose neighbours are alike. */
function dependentRun(seed: number, length: number): Float64Array {
  const noise = uniformStream(seed, 'noise');
  let level = 0;
  return Float64Array.from({ length }, () => {
    level = 0.9 * level + noise() - 0.5;
    return level;
  });
}

test('covers the true mean of a dependent run about as often as it says, where the plain interval does not', () => {
  const runs = Array.from({ length: 200 }, (_, seed) => dependentRun(seed, 4000));
  const covers = ({ low, high }: { low: number; high: number }): boolean => low <= 0 && high >= 0;
  const batched = runs.filter((run) => covers(batchMeans(run).interval)).length / runs.length;
  const plain = runs.filter((run) => covers(meanInterval(run))).length / runs.length;
  // 95 % within four standard errors of 200 trials; theory gives the plain interval about 35 %.
  expect(batched).toBeGreaterThan(0.88);
  expect(plain).toBeLessThan(0.6);
});

test.each([
  [[1, 2, 3], 1, 'batches must be a whole number of at least 2, got 1'],
  [[1, 2, 3], 2.5, 'batches must be a whole number of at least 2, got 2.5'],
  [[1, 2, 3], 4, 'values must hold at least 4 numbers, got 3'],
])('refuses %j in %d batches', (values, batches, message) => {
  expect(() => batchMeans(values, batches)).toThrow(new RangeError(message));
});
