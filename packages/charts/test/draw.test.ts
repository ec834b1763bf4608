/** A drawing that shows another chart is that chart, drawn anew or not. */
import type { Chart } from '@llmsim/analysis';
import type { ChartItem } from 'chart.js';
import { expect, test } from 'vitest';
import { chartConfig } from '../src/chart-config.ts';
import { draw } from '../src/draw.ts';
import { DARK, LIGHT, type Palette } from '../src/palette.ts';
import { SvgContext } from '../src/svg/svg-context.ts';
import { bars, curves, heatmap } from './samples.ts';

const OPTIONS = { legend: true, responsive: false };

/** What is on the canvas after each of `charts` has been shown in turn, from the last on. */
function lastOf(charts: readonly [Chart, ...Chart[]], palette: Palette): string {
  const context = new SvgContext(600, 300, 'test');
  const [first, ...others] = charts;
  const drawing = draw(context as unknown as ChartItem, chartConfig(first, LIGHT), OPTIONS);
  let before = others.length === 0 ? 0 : context.elements.length;
  for (const chart of others) {
    before = context.elements.length;
    drawing.show(chartConfig(chart, palette));
  }
  const { elements } = context;
  drawing.destroy();
  return elements.slice(before).trim();
}

/** Names inside the drawing are counted on. */
function withoutNumbers(elements: string): string {
  return elements.replace(/test-?\w*\d+/g, 'test');
}

const other: Chart = {
  ...curves,
  series: curves.series.slice(1).map((series) => ({ ...series, name: `${series.name} again` })),
  lines: [{ label: 'another line', x: 3 }],
};

const { base: _, ...plain } = bars;
const level: Chart = { ...curves, lines: [{ label: 'a level line', y: 1 }] };

test.each([
  ['curves after curves', curves, other],
  ['curves that need no room above after curves that do', curves, level],
  ['curves that need room above after curves that need none', level, curves],
  ['bars after curves', curves, bars],
  ['bars that need no room above after bars that do', bars, plain],
  ['bars that need room above after bars that need none', plain, bars],
  ['a heatmap after bars', bars, heatmap],
  ['curves after a heatmap', heatmap, curves],
] as const)('%s', (_, first, second) => {
  const texts = (elements: string): string[] =>
    [...withoutNumbers(elements).matchAll(/<(?:text|path|rect)[^>]*>[^<]*/g)].map(([element]) => element);
  expect(texts(lastOf([first, second], LIGHT))).toEqual(texts(lastOf([second], LIGHT)));
});

test('it follows the palette', () => {
  const dark = lastOf([curves, curves], DARK);
  expect(dark).toContain(DARK.series[0]);
  expect(dark).not.toContain(LIGHT.series[0]);
});
