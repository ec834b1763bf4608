/** What an axis has no place for leaves a gap, and never bends the axis or the rest of the curve. */
import type { ChartInterval, ChartPoint, ChartSpec } from '@llmsim/analysis';
import type { ChartItem } from 'chart.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chartConfig } from '../src/chart-config.ts';
import { curvesConfig } from '../src/curves-config.ts';
import { draw } from '../src/draw.ts';
import { LIGHT } from '../src/palette.ts';
import { hasPlace } from '../src/places.ts';
import { SvgContext } from '../src/svg/svg-context.ts';
import { curves } from './samples.ts';

function logCurve(points: readonly ChartPoint[], band?: readonly ChartInterval[]): ChartSpec {
  const series = { name: 'p99', kind: 'line' as const, points, ...(band === undefined ? {} : { band }) };
  return { ...curves, series: [series], lines: [], notes: [] };
}

const good: readonly ChartPoint[] = [
  [1, 0.01],
  [2, 0.1],
  [4, 10],
];

/** Labels of the y axis. */
function yTicks(spec: ChartSpec): string[] {
  const context = new SvgContext(600, 300, 'test');
  const options = { legend: false, responsive: false };
  draw(context as unknown as ChartItem, chartConfig(spec, LIGHT), options).destroy();
  return [...context.elements.matchAll(/text-anchor="end"[^>]*>([^<]+ m?s)</g)].map(([, text = '']) => text);
}

describe.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('a point at %d on a log axis', (bad) => {
  const withBad = good.toSpliced(2, 0, [3, bad]);

  test('is a gap', () => {
    const [curve] = curvesConfig(logCurve(withBad), LIGHT).data.datasets;
    expect(curve?.data.map(({ y }) => y)).toEqual([0.01, 0.1, Number.NaN, 10]);
  });

  test('leaves the axis as it is', () => {
    expect(yTicks(logCurve(good))).toContain('10 ms');
    expect(yTicks(logCurve(withBad))).toEqual(yTicks(logCurve(good)));
  });
});

test('an interval that reaches below a log axis goes down to its lower end', () => {
  const band: ChartInterval[] = [
    [1, 0.005, 0.02],
    [2, -0.3, 0.5],
    [4, 5, Number.NaN],
  ];
  const [, high, low] = curvesConfig(logCurve(good, band), LIGHT).data.datasets;
  expect(high?.data.map(({ y }) => y)).toEqual([0.02, 0.5, Number.NaN]);
  expect(low?.data.map(({ y }) => y)).toEqual([0.005, 0.005, Number.NaN]);
});

test('an x without a place is left out with its hollow mark and its interval', () => {
  const spec: ChartSpec = {
    ...curves,
    x: { ...curves.x, scale: 'log' },
    lines: [{ label: 'nowhere', x: 0 }],
    series: [
      {
        name: 'a',
        kind: 'line',
        points: [[0, 1], ...good],
        hollow: [true, false, true, false],
        band: [
          [0, 1, 2],
          [1, 1, 2],
        ],
      },
    ],
  };
  const { data, options } = curvesConfig(spec, LIGHT);
  const [curve, high] = data.datasets;
  expect(curve?.data.map(({ x }) => x)).toEqual([1, 2, 4]);
  expect(curve?.pointBackgroundColor).toEqual([LIGHT.series[0], LIGHT.surface, LIGHT.series[0]]);
  expect(high?.data).toEqual([{ x: 1, y: 2 }]);
  expect(options?.scales?.x).not.toHaveProperty('suggestedMin');
});

test('whatever the numbers, all that chart.js gets has a place or is a gap', () => {
  const number = fc.oneof(fc.double({ min: -10, max: 10 }), fc.constantFrom(0, Number.NaN, Infinity));
  const interval = fc.tuple(fc.nat(9), number, number);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(9), number)), fc.array(interval), (points, band) => {
      for (const { data } of curvesConfig(logCurve(points, band), LIGHT).data.datasets) {
        for (const { y } of data) expect(Number.isNaN(y) || hasPlace(y, { scale: 'log' })).toBe(true);
      }
    }),
  );
});

test('a log axis of less than a decade has more than one label', () => {
  const narrow: readonly ChartPoint[] = [
    [1, 0.22],
    [2, 0.41],
  ];
  expect(yTicks(logCurve(narrow)).length).toBeGreaterThan(1);
});
