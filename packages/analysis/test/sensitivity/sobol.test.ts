import { uniformStream } from '@llmsim/engine';
import { describe, expect, test } from 'vitest';
import { sobol } from '../../src/index.ts';
import {
  by,
  factor,
  ishigami,
  ishigamiFactors,
  ishigamiIndices,
  ishigamiVariance,
} from './known-functions.ts';

describe('the Ishigami function', () => {
  const found = sobol(ishigamiFactors, { rows: 4096, seed: 1 }, by(ishigami));

  test('has the indices of its closed form', async () => {
    const { indices, variance, mean, rows } = await found;
    expect(rows).toBe(4096);
    expect(mean).toBeCloseTo(3.5, 1);
    expect(variance / ishigamiVariance).toBeCloseTo(1, 1);
    for (const { key, first, total } of indices) {
      const [wantedFirst = Number.NaN, wantedTotal = Number.NaN] = ishigamiIndices[key] ?? [];
      expect(Math.abs(first.estimate - wantedFirst), key).toBeLessThan(0.04);
      expect(Math.abs(total.estimate - wantedTotal), key).toBeLessThan(0.04);
    }
    expect(indices.map(({ key }) => key)).toEqual(['x1', 'x2', 'x3']);
  });

  test('lies in intervals that get narrow with rows', async () => {
    const few = await sobol(ishigamiFactors, { rows: 256, seed: 1 }, by(ishigami));
    const width = ({ indices }: Awaited<typeof found>): number =>
      indices.reduce((sum, { first, total }) => sum + first.high - first.low + total.high - total.low, 0);
    expect(width(await found)).toBeLessThan(0.5 * width(few));
    expect(width(await found)).toBeGreaterThan(0);
  });

  test('owes nothing to luck', async () => {
    const { luck } = await found;
    expect(Math.abs(luck.estimate)).toBeLessThan(0.05);
  });
});

test('intervals hold the true index about as often as they say', async () => {
  const trials = 60;
  let held = 0;
  for (let seed = 0; seed < trials; seed++) {
    const { indices } = await sobol(ishigamiFactors, { rows: 128, seed: 1000 * seed }, by(ishigami));
    for (const { key, first, total } of indices) {
      const [f = Number.NaN, t = Number.NaN] = ishigamiIndices[key] ?? [];
      if (first.low <= f && f <= first.high) held++;
      if (total.low <= t && t <= total.high) held++;
    }
  }
  expect(held / (6 * trials)).toBeGreaterThan(0.85);
});

test('noise that comes with the seed is the share of luck, and no index', async () => {
  // Variance of 2x over [0, 1] is 1/3, of the noise 1/12: a fifth of all.
  const noisy = by(([x = 0], seed) => 2 * x + uniformStream(seed, 'noise')());
  const { indices, luck } = await sobol(
    [factor('x', 0, 1), factor('idle', 0, 1)],
    { rows: 4096, seed: 3 },
    noisy,
  );
  const [x, idle] = indices;
  expect(luck.estimate).toBeCloseTo(0.2, 1);
  expect(x?.key).toBe('x');
  expect(x?.first.estimate).toBeCloseTo(0.8, 1);
  expect(x?.total.estimate).toBeCloseTo(0.8, 1);
  expect(idle?.total.estimate).toBe(0);
  expect(idle?.first.estimate).toBe(0);
});

test('leaves out rows that are not complete, and refuses designs that are none', async () => {
  const gaps = by(([x = 0], seed) => (seed % 4 === 0 ? null : x));
  expect((await sobol([factor('x', 0, 1)], { rows: 100, seed: 0 }, gaps)).rows).toBe(75);
  await expect(sobol([], { rows: 4, seed: 0 }, gaps)).rejects.toThrow(
    'factors must hold at least one factor',
  );
  await expect(sobol([factor('x', 0, 1)], { rows: 1, seed: 0 }, gaps)).rejects.toThrow(
    'rows must be a whole number of at least 2, got 1',
  );
});
