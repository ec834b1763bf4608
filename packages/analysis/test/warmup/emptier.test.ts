import { exponential, uniformStream } from '@llmsim/engine';
import { expect, test } from 'vitest';
import { isEmptier } from '../../src/warmup/emptier.ts';

/** Values that remember a part of the one before. */
function remembering(share: number, seed: number, length: number): number[] {
  const next = exponential(1)(uniformStream(seed, 'noise'));
  let value = 1;
  return Array.from({ length }, () => {
    value = share * value + (1 - share) * next();
    return value;
  });
}

const seeds = Array.from({ length: 400 }, (_, index) => index + 1);

/** How many of 400 starts of 20 values are called emptier than the 180 after them. */
function calls(share: number, lower: number): number {
  return seeds.filter((seed) => {
    const series = remembering(share, seed, 200);
    return isEmptier(
      series.slice(0, 20).map((value) => value - lower),
      series.slice(20),
    );
  }).length;
}

test('errs as often as it says where neighbours are independent', () => {
  // 2.5 % of 400 are 10, and the exponential law is skewed downwards less than the t law allows for.
  expect(calls(0, 0)).toBeLessThanOrEqual(20);
  expect(calls(0, 1.5)).toBeGreaterThanOrEqual(390);
});

test('errs seldom where neighbours depend on each other', () => {
  expect(calls(0.7, 0)).toBeLessThanOrEqual(28);
  expect(calls(0.7, 1.5)).toBeGreaterThanOrEqual(350);
});

test('a busier start is none', () => {
  expect(calls(0, -5)).toBe(0);
});

test('says nothing where there is nothing to compare', () => {
  expect(isEmptier([], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toBe(false);
  expect(isEmptier([0], [1, 2, 3])).toBe(false);
});
