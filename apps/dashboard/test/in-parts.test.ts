/** Documents that are cut for the way to the page and joined there are the same. */
import type { ChartSeries, ResultDocument } from '@llmsim/analysis';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cut, joined } from '../src/sim/in-parts.ts';
import { document } from './stored-answer.ts';

const series = fc
  .record({ length: fc.integer({ min: 0, max: 35_000 }), marked: fc.boolean(), name: fc.string() })
  .map(({ length, marked, name }): ChartSeries => {
    const points = Array.from({ length }, (_, at) => [at, at % 7] as const);
    const hollow = marked ? { hollow: points.map(([, y]) => y > 3) } : {};
    return { name, kind: 'line', points, ...hollow };
  });

function withCurves(curves: readonly (readonly ChartSeries[])[]): ResultDocument {
  const axis = { label: 'time', unit: 's', scale: 'linear', definition: '' } as const;
  const charts = curves.map((each, at) => ({
    ...{ id: `chart${at}`, title: '', x: axis, y: axis },
    ...{ series: each, lines: [] },
  }));
  return { ...document, charts: [...charts, ...document.charts] };
}

test('joined gives back what was cut, from parts that are never long', () => {
  fc.assert(
    fc.property(fc.array(fc.array(series, { maxLength: 3 }), { maxLength: 3 }), (curves) => {
      const whole = withCurves(curves);
      const { document: first, parts } = cut(whole);
      const sizes = [
        ...parts.map(({ points }) => points.length),
        ...first.charts.flatMap((chart) => ('series' in chart ? lengths(chart.series) : [])),
      ];
      expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(10_000);
      expect(joined(first, parts)).toEqual(whole);
    }),
    { numRuns: 10 },
  );
});

function lengths(all: unknown): number[] {
  if (!Array.isArray(all)) return [];
  return all.flatMap((one: ChartSeries | string) => (typeof one === 'string' ? [] : [one.points.length]));
}
