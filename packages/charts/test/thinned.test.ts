/** A thinned series looks like the whole. */
import type { ChartSeries } from '@llmsim/analysis';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { thinned } from '../src/thinned.ts';

function waves(length: number, period: number): ChartSeries {
  const points = Array.from({ length }, (_, at) => [at, Math.sin(at / period)] as const);
  return { name: 'waves', kind: 'line', points, hollow: points.map(([, y]) => y > 0.5) };
}

test('few points stay as they are', () => {
  const series = waves(4800, 10);
  expect(thinned(series)).toBe(series);
});

test('of many points the ends, the extremes and nothing made up remain, in order', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 4801, max: 60_000 }),
      fc.integer({ min: 1, max: 20 }),
      fc.double({ min: 1, max: 9000, noNaN: true }),
      (n, beside, period) => {
        const whole = waves(n, period);
        const few = thinned(whole, beside);
        expect(few.points.length).toBeLessThanOrEqual(Math.max(4800 / beside, 800));
        expect([few.points[0], few.points.at(-1)]).toEqual([whole.points[0], whole.points.at(-1)]);
        const heights = (of: ChartSeries): number[] => of.points.map(([, y]) => y);
        expect(Math.max(...heights(few))).toBe(Math.max(...heights(whole)));
        expect(Math.min(...heights(few))).toBe(Math.min(...heights(whole)));
        const xs = few.points.map(([x]) => x);
        expect(xs).toEqual([...xs].sort((a, b) => a - b));
        for (const [at, [x, y]] of few.points.entries()) {
          expect(whole.points[x]?.[1]).toBe(y);
          expect(few.hollow?.[at]).toBe(whole.hollow?.[x]);
        }
      },
    ),
    { numRuns: 8 },
  );
});

test('no peak of one point is lost', () => {
  const flat = waves(100_000, 1e9);
  const points = flat.points.map(([x, y]) => [x, x === 54_321 ? 7 : y] as const);
  expect(thinned({ ...flat, points }, 7).points).toContainEqual([54_321, 7]);
});

/** What the module says, said plainly: of each stretch these four, each once. */
function keptOf(heights: readonly number[], stretches: number): number[] {
  return Array.from({ length: stretches }, (_, stretch) => {
    const bound = (at: number): number => Math.floor((at * heights.length) / stretches);
    const [from, to] = [bound(stretch), bound(stretch + 1)];
    const own = heights.slice(from, to);
    const firstOf = (height: number): number => from + own.indexOf(height);
    const kept = [from, firstOf(Math.min(...own)), firstOf(Math.max(...own)), to - 1];
    return [...new Set(kept)].sort((a, b) => a - b);
  }).flat();
}

test('of equal heights the first is the lowest or the highest', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 801, maxLength: 4000, size: 'max' }),
      (heights) => {
        const points = heights.map((y, at) => [at, y] as const);
        const few = thinned({ name: 'levels', kind: 'step', points }, 6);
        expect(few.points.map(([x]) => x)).toEqual(keptOf(heights, 200));
      },
    ),
    { numRuns: 20 },
  );
});
