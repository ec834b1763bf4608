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

interface Text {
  readonly text: string;
  readonly x: number;
  /** Of its baseline. */
  readonly y: number;
}

function drawn(width: number, spec: ChartSpec): string {
  const context = new SvgContext(width, 300, 'test');
  const options = { legend: true, responsive: false };
  draw(context as unknown as ChartItem, chartConfig(spec, LIGHT), options).destroy();
  return context.elements;
}

function texts(elements: string): Text[] {
  return [...elements.matchAll(/<text([^>]*)>([^<]*)<\/text>/g)].map(([, attributes = '', text = '']) => ({
    text,
    x: Number(/ x="([\d.-]+)"/.exec(attributes)?.[1]),
    y: Number(/ y="([\d.-]+)"/.exec(attributes)?.[1]),
  }));
}

/** The labels of the lines with where they start. */
function labels(width: number, spec: ChartSpec = crowded): Text[] {
  const names = new Set(spec.lines.map(({ label }) => label));
  return texts(drawn(width, spec)).filter(({ text }) => names.has(text));
}

/** The highest place of a line across, which is that of the chart if it is upright. */
function topOfLines(elements: string): number {
  const lines = [...elements.matchAll(/<path d="M[\d.]+,([\d.]+)L[^>]*stroke-dasharray="5 4"/g)];
  return Math.min(...lines.map(([, y]) => Number(y)));
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

  /** A curve at the height `y` of a chart from 0 to 10, and lines at 2. */
  const along = (y: number, ...names: readonly string[]): ChartSpec => ({
    ...curves,
    y: { ...curves.y, scale: 'linear' },
    lines: names.map((label) => ({ label, x: 2 })),
    series: [
      { name: 'ends', kind: 'points', points: [0, 10].map((end) => [0, end] as const) },
      { name: 'curve', kind: 'line', points: [0, 2, 4].map((x) => [x, y] as const) },
    ],
  });

  test.each([0, 5, 10])(
    'with a curve at %d of 10, that of an upright line stands between chart and legend',
    (y) => {
      const spec = along(y, 'knee');
      const elements = drawn(700, spec);
      const [label] = labels(700, spec);
      const legend = texts(elements).find(({ text }) => text === 'curve');
      // Letters reach below their baseline, and so far above it that they touch no other line of text.
      expect(label?.y).toBeLessThan(topOfLines(elements) - 4);
      expect(label?.y).toBeGreaterThan((legend?.y ?? Number.NaN) + 12);
    },
  );

  test('where there is no room above it stands below a curve along the top', () => {
    const [, below] = labels(700, along(10, 'knee', 'end'));
    const [above, beside] = labels(700, along(0, 'knee', 'end'));
    expect([below?.text, below?.x, beside?.x]).toEqual(['end', above?.x, above?.x]);
    expect(below?.y).toBeGreaterThan((beside?.y ?? 0) + 10);
  });

  test('none stands on a narrow one, whose legend names them, nor is there room for one', () => {
    expect(labels(320)).toEqual([]);
    const [narrow, wide] = [320, 700].map((width) => topOfLines(drawn(width, along(5, 'knee'))));
    expect(narrow).toBeLessThan((wide ?? 0) - 5);
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
