/** A BarChartSpec in characters: a row for each label, bars from one value to another. Knows no metric. */
import { type BarChartSpec, barSeries, formatQuantity } from '@llmsim/analysis';
import type { Paint, Style } from '../terminal/colour.ts';
import { columnsOf, padEnd } from '../terminal/columns.ts';
import { axisOver } from './axis.ts';
import { type Charset, textWithin } from './charset.ts';
import { Grid } from './grid.ts';
import { type LegendEntry, legendText } from './legend-text.ts';

const STYLES: readonly Style[] = ['cyan', 'yellow', 'green', 'red', 'magenta', 'blue'];
/** At most this share of the width is for names. */
const NAMES = 0.43;

export function barsText(spec: BarChartSpec, width: number, charset: Charset, paint: Paint): string[] {
  const { bars, base, value } = spec;
  const labels = [...new Set(bars.map(({ label }) => label))];
  const series = barSeries(spec);
  const places = new Map(series.map(({ name, place }) => [name, place]));
  const names = Math.min(
    Math.floor(width * NAMES),
    Math.max(0, ...labels.map((label) => columnsOf(charset.text(label)))),
  );
  const rows = labels.map((label) => {
    const own = bars.filter((bar) => bar.label === label);
    const ends = own.flatMap(({ from, to }) => [from, to]);
    return { label, own, range: rangeText(ends, spec) };
  });
  const ranges = Math.max(0, ...rows.map(({ range }) => columnsOf(charset.text(range))));
  const room = width - names - ranges - 4;
  const values = bars.flatMap(({ from, to }) => [from, to]);
  const { cellOf } = axisOver(value, base === undefined ? values : [...values, base.value], {
    cells: room,
    ticks: 5,
  });
  const lines = rows.map(({ label, own, range }) => {
    const grid = new Grid(room, 1);
    for (const { from, to, series: name = '' } of own) {
      const [start, end] = [cellOf(Math.min(from, to)), cellOf(Math.max(from, to))];
      if (start === null || end === null || from === to) continue;
      const index = places.get(name) ?? 0;
      grid.put(start, 0, fillOf(index, charset).repeat(Math.max(1, end - start)), styleOf(index));
    }
    const at = base === undefined ? null : cellOf(base.value);
    if (at !== null) grid.put(at, 0, charset.upright, 'dim');
    const [drawn = ''] = grid.lines(paint);
    const name = padEnd(textWithin(label, names, charset), names);
    return `${name} ${charset.wall}${padEnd(drawn, room)} ${charset.text(range)}`.trimEnd();
  });
  const legend: LegendEntry[] = series
    .filter(({ name }) => name !== '')
    .map(({ name, place }) => ({ name, sign: fillOf(place, charset), style: styleOf(place) }));
  if (base !== undefined) legend.push({ sign: charset.upright, name: base.label });
  return [textWithin(value.label, width, charset), ...lines, ...legendText(legend, width, charset, paint)];
}

function fillOf(place: number, { bars }: Charset): string {
  return bars[place % bars.length] ?? '';
}

function styleOf(place: number): Style {
  return STYLES[place % STYLES.length] ?? 'cyan';
}

/** From the lowest end to the highest of a row. */
function rangeText(ends: readonly number[], { value }: BarChartSpec): string {
  const [low, high] = [Math.min(...ends), Math.max(...ends)].map((end) => formatQuantity(end, value.unit));
  return low === high ? `${low}` : `${low} to ${high}`;
}
