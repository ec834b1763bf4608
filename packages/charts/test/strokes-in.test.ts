/** A stroke comes into a box where one of its points does. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Box } from '../src/free-place.ts';
import { strokesIn } from '../src/strokes-in.ts';

interface Place {
  readonly x: number;
  readonly y: number;
}

const box: Box = { x: 40, y: 40, width: 30, height: 15 };

/** Strokes of one curve through `data` that come into the box. */
function strokes(
  data: readonly Place[],
  look: { readonly showLine?: boolean; readonly stepped?: string } = {},
) {
  const metas = [{ index: 0, data }];
  return strokesIn(
    { data: { datasets: [{ data, ...look }] }, getSortedVisibleDatasetMetas: () => metas },
    box,
  );
}

/** `margin` is how far a stroke reaches. */
function inside({ x, y }: Place, margin = 4): boolean {
  const within = (at: number, from: number, length: number): boolean =>
    at >= from - margin && at <= from + length + margin;
  return within(x, box.x, box.width) && within(y, box.y, box.height);
}

test('a straight line comes into the box where one of its points lies in it', () => {
  const pixel = fc.double({ min: 0, max: 100, noNaN: true });
  fc.assert(
    fc.property(pixel, pixel, pixel, pixel, (x1, x2, y1, y2) => {
      const [from, to] = [
        { x: Math.min(x1, x2), y: y1 },
        { x: Math.max(x1, x2), y: y2 },
      ];
      const points = Array.from({ length: 2001 }, (_, at) => ({
        x: from.x + (at / 2000) * (to.x - from.x),
        y: from.y + (at / 2000) * (to.y - from.y),
      }));
      const comesIn = strokes([from, to]) - strokes([from]) > 0;
      if (points.some((point) => inside(point))) expect(comesIn).toBe(true);
      if (comesIn) expect(points.some((point) => inside(point, 4.1))).toBe(true);
    }),
  );
});

const [before, after] = [
  { x: 20, y: 10 },
  { x: 60, y: 90 },
];

test('a step goes along and then up or down', () => {
  expect(strokes([before, { x: 30, y: 90 }], { stepped: 'before' })).toBe(0);
  expect(strokes([before, after], { stepped: 'before' })).toBe(1);
});

test('marks alone are no line, and a gap comes into nothing', () => {
  expect(strokes([before, after], { showLine: false })).toBe(0);
  expect(strokes([before, { x: 50, y: 50 }, after], { showLine: false })).toBe(1);
  expect(strokes([before, { x: 50, y: Number.NaN }, after])).toBe(0);
});
