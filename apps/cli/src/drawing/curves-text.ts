/**
 * A ChartSpec in characters: points with a sign for each series, dots between them, intervals as a shade, lines across
 * with their labels. Own drawing, since no library in reach has several series over x values, log axes and intervals.
 */
import type { ChartSpec } from '@llmsim/analysis';
import { countsWhole } from '@llmsim/charts';
import type { Paint } from '../terminal/colour.ts';
import { padStart } from '../terminal/columns.ts';
import { axisOver } from './axis.ts';
import { floorText } from './axis-floor.ts';
import { type Charset, textWithin } from './charset.ts';
import { Grid } from './grid.ts';
import { type LegendEntry, legendText } from './legend-text.ts';
import type { Plot } from './plot.ts';
import { drawAcross, drawLabels } from './plot-lines.ts';
import { drawBand, drawPoints, drawStrokes, styleOf } from './plot-series.ts';

const HEIGHT = 16;

export function curvesText(spec: ChartSpec, width: number, charset: Charset, paint: Paint): string[] {
  const { series, lines } = spec;
  const points = series.flatMap(({ points }) => points);
  const bands = series.flatMap(({ band = [] }) => band);
  const y = axisOver(
    spec.y,
    [
      ...points.map(([, value]) => value),
      ...bands.flatMap(([, low, high]) => [low, high]),
      ...lines.flatMap((line) => ('y' in line ? [line.y] : [])),
    ],
    { cells: HEIGHT, ticks: 5, counts: countsWhole(spec, 'y') },
  );
  const left = Math.max(0, ...y.ticks.map(({ text }) => text.length)) + 1;
  const right = width - left - 1;
  const x = axisOver(
    spec.x,
    [...points.map(([value]) => value), ...lines.flatMap((line) => ('x' in line ? [line.x] : []))],
    { cells: right, ticks: 6, counts: countsWhole(spec, 'x') },
  );
  const grid = new Grid(right, HEIGHT);
  const plot: Plot = { grid, x, y, charset };
  for (const one of series) drawBand(plot, one);
  for (const line of lines) drawAcross(plot, line);
  for (const [index, one] of series.entries()) drawStrokes(plot, one, index);
  // The first series stands over the others.
  for (const [index, one] of [...series.entries()].reverse()) drawPoints(plot, one, index);
  drawLabels(plot, lines);
  return [
    textWithin(spec.y.label, width, charset),
    ...grid.lines(paint).map((line, row) => {
      const tick = y.ticks.find(({ cell }) => cell === HEIGHT - 1 - row)?.text ?? '';
      return `${charset.text(tick).padStart(left - 1)} ${charset.wall}${line}`.trimEnd();
    }),
    ...floorText(x, left, right, charset),
    padStart(textWithin(spec.x.label, width, charset), width),
    ...legendText(legend(spec, charset), width, charset, paint),
  ];
}

/** An interval has one entry, behind the first series that has intervals. */
function legend({ series }: ChartSpec, charset: Charset): LegendEntry[] {
  const banded = series.findIndex(({ band = [] }) => band.length > 0);
  return series.flatMap(({ name, points, hollow }, index): LegendEntry[] => {
    if (points.length === 0) return [];
    const style = styleOf(index);
    return [
      { sign: charset.point(index, false), name, style },
      ...(hollow?.includes(true) ? [{ sign: charset.point(index, true), name: 'overloaded', style }] : []),
      ...(index === banded ? [{ sign: charset.band, name: 'interval', style: 'dim' as const }] : []),
    ];
  });
}
