/** Lines across are named where there is room, and no name covers another. */
import type { ChartSpec } from '@llmsim/analysis';
import type { ChartItem } from 'chart.js';
import { describe, expect, test } from 'vitest';
import { chartConfig } from '../src/chart-config.ts';
import { draw } from '../src/draw.ts';
import { type Box, firstFree } from '../src/free-place.ts';
import { LIGHT } from '../src/palette.ts';
import { SvgContext } from '../src/svg/svg-context.ts';
import { curves } from './samples.ts';

const crowded: ChartSpec = {
  ...curves,
  lines: [
    { label: 'SLO 500 ms', y: 0.5 },
    ...[2.4, 2.5, 2.6, 3.8, 3.9].map((x) => ({ label: `knee at ${x} req/s`, x })),
  ],
};

/** The labels of the lines with where they start. */
function labels(
  width: number,
  spec: ChartSpec = crowded,
): { readonly text: string; readonly x: number; readonly y: number }[] {
  const context = new SvgContext(width, 300, 'test');
  const options = { legend: false, responsive: false };
  draw(context as unknown as ChartItem, chartConfig(spec, LIGHT), options).destroy();
  const names = new Set(spec.lines.map(({ label }) => label));
  return [...context.elements.matchAll(/<text([^>]*)>([^<]*)<\/text>/g)]
    .map(([, attributes = '', text = '']) => ({
      text,
      x: Number(/ x="([\d.-]+)"/.exec(attributes)?.[1]),
      y: Number(/ y="([\d.-]+)"/.exec(attributes)?.[1]),
    }))
    .filter(({ text }) => names.has(text));
}

describe('labels of lines across', () => {
  test('all stand on a wide chart, none within the height of a line and the width of a word of another', () => {
    const shown = labels(700);
    expect(shown.map(({ text }) => text).sort()).toEqual(crowded.lines.map(({ label }) => label).sort());
    for (const a of shown) {
      for (const b of shown) {
        if (a !== b && Math.abs(a.x - b.x) < 60) expect(Math.abs(a.y - b.y)).toBeGreaterThanOrEqual(12);
      }
    }
  });

  test('where a curve runs along the top they stand below it', () => {
    const along = (y: number): ChartSpec => ({
      ...curves,
      y: { ...curves.y, scale: 'linear' },
      lines: [{ label: 'knee', x: 2 }],
      series: [
        { name: 'ends', kind: 'points', points: [0, 10].map((end) => [0, end] as const) },
        { name: 'curve', kind: 'line', points: [0, 2, 4].map((x) => [x, y] as const) },
      ],
    });
    const [below] = labels(700, along(10));
    const [beside] = labels(700, along(0));
    expect(below?.x).toBe(beside?.x);
    expect(below?.y).toBeGreaterThan((beside?.y ?? 0) + 10);
  });

  test('none stands on a narrow one, whose legend names them', () => {
    expect(labels(320)).toEqual([]);
  });
});

test('a place that is taken is passed over', () => {
  const at = (x: number): { x: number; y: number; width: number; height: number } => ({
    x,
    y: 0,
    width: 10,
    height: 10,
  });
  expect(firstFree([at(0), at(9), at(10)], [at(-5), at(5)])).toEqual(at(0));
  expect(firstFree([at(0), at(9), at(20)], [at(-5), at(5)])).toEqual(at(20));
  expect(firstFree([], [])).toBeUndefined();
});

test('of free places the one that covers least is taken, of equals the first', () => {
  const places = [5, 3, 1, 1, 0].map((covered, x) => ({ x: 10 * x, y: 0, width: 9, height: 9, covered }));
  const [first, , third, , last] = places;
  const covered = (box: Box): number => places.find(({ x }) => x === box.x)?.covered ?? 0;
  if (first === undefined || third === undefined || last === undefined) throw new Error('There is no place');
  expect(firstFree(places, [], covered)).toBe(last);
  expect(firstFree(places, [last], covered)).toBe(third);
  expect(firstFree(places, places, covered)).toBe(first);
});
