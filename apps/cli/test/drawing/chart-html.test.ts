/** The legend of a chart on an HTML page: all that is drawn, and nothing else. */
import type { ChartSpec } from '@llmsim/analysis';
import { expect, test } from 'vitest';
import { chartHtml } from '../../src/drawing/chart-html.ts';
import { loadChart } from './load-chart.ts';

const curves: ChartSpec = {
  ...loadChart,
  series: [
    { name: 'mono', kind: 'line', points: [[1, 0.2]], hollow: [true] },
    { name: 'idle', kind: 'line', points: [] },
    { name: 'disagg', kind: 'line', points: [[1, 0.3]] },
    { name: 'decode', kind: 'line', points: [[1, 0.4]], place: 6 },
  ],
  lines: [{ label: 'SLO 500 ms', y: 0.5 }],
};

test('names series with points, hollow ones and lines across', () => {
  const legend = chartHtml(curves, () => 'tip').match(/<ul class="legend".*<\/ul>/)?.[0] ?? '';
  const entries = [...legend.matchAll(/<span(?: class="series-(\d)")?[^>]*>(.)<\/span> ([^<]+)</g)];
  expect(entries.map(([, colour, sign, name]) => [colour, sign, name])).toEqual([
    ['0', '●', 'mono'],
    ['0', '○', 'mono, overloaded'],
    ['2', '▲', 'disagg'],
    ['6', '◆', 'decode'],
    [undefined, '┄', 'SLO 500 ms'],
  ]);
});
