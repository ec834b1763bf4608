/**
 * A ChartSpec in characters: points with a sign for each series, dots between them, intervals as a shade, lines across
 * with their labels. Own drawing, since no library in reach has several series over x values, log axes and intervals.
 */
import type { ChartSeries, ChartSpec } from '@llmsim/analysis';
import type { Paint, Style } from '../terminal/colour.ts';
import { type Axis, axisOver } from './axis.ts';
import { type Charset, textWithin } from './charset.ts';
import { Grid } from './grid.ts';
import { type LegendEntry, legendText } from './legend-text.ts';

const HEIGHT = 16;
const STYLES: readonly Style[] = ['cyan', 'yellow', 'green', 'red'];

/** A series with more points than this is drawn as a line of its own sign. */
const SPARSE = 40;

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
    HEIGHT,
    5,
  );
  const left = Math.max(0, ...y.ticks.map(({ text }) => text.length)) + 1;
  const right = width - left - 1;
  const x = axisOver(
    spec.x,
    [...points.map(([value]) => value), ...lines.flatMap((line) => ('x' in line ? [line.x] : []))],
    right,
    6,
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
    ...bottom(x, left, right, charset),
    textWithin(spec.x.label, width, charset).padStart(width),
    ...legendText(legend(spec, charset), width, charset, paint),
  ];
}

interface Plot {
  readonly grid: Grid;
  readonly x: Axis;
  readonly y: Axis;
  readonly charset: Charset;
}

function rowOf({ y, grid }: Plot, value: number): number | null {
  const cell = y.cellOf(value);
  return cell === null ? null : grid.height - 1 - cell;
}

/** Of the lower end of an interval: what reaches below a log axis ends at the floor. */
function lowerRowOf(plot: Plot, value: number): number | null {
  return rowOf(plot, value) ?? (Number.isNaN(value) ? null : plot.grid.height - 1);
}

function drawBand(plot: Plot, { band = [] }: ChartSeries): void {
  const { grid, x, charset } = plot;
  for (const [index, [to, low, high]] of band.entries()) {
    const [from, fromLow, fromHigh] = band[index - 1] ?? [to, low, high];
    const [start, end] = [x.cellOf(from), x.cellOf(to)];
    const [startHigh, endHigh] = [rowOf(plot, fromHigh), rowOf(plot, high)];
    const [startLow, endLow] = [lowerRowOf(plot, fromLow), lowerRowOf(plot, low)];
    if (start === null || end === null) continue;
    for (let column = Math.max(0, start); column <= Math.min(end, grid.width - 1); column++) {
      const share = end === start ? 1 : (column - start) / (end - start);
      const between = (a: number | null, b: number | null): number | null =>
        a === null || b === null ? null : Math.round(a + (b - a) * share);
      const [bottomRow, topRow] = [between(startLow, endLow), between(startHigh, endHigh)];
      if (bottomRow === null || topRow === null) continue;
      for (let row = topRow; row <= bottomRow; row++) grid.put(column, row, charset.band, 'dim');
    }
  }
}

function drawAcross(plot: Plot, line: ChartSpec['lines'][number]): void {
  const { grid, x, charset } = plot;
  if ('x' in line) {
    const column = x.cellOf(line.x);
    if (column !== null)
      for (let row = 0; row < grid.height; row++) grid.put(column, row, charset.upright, 'dim');
  } else {
    const row = rowOf(plot, line.y);
    if (row !== null) grid.put(0, row, charset.across.repeat(grid.width), 'dim');
  }
}

/** Over everything else, so that they can be read: at the right of a line across, beside an upright one. */
function drawLabels(plot: Plot, lines: ChartSpec['lines']): void {
  const { grid, x, charset } = plot;
  let upright = 0;
  for (const line of lines) {
    const label = textWithin(line.label, Math.floor(grid.width / 2) - 2, charset);
    if ('x' in line) {
      const column = x.cellOf(line.x);
      if (column === null) continue;
      const fits = column + 2 + label.length <= grid.width;
      grid.put(fits ? column + 1 : column - label.length - 2, upright++, ` ${label} `);
    } else {
      const row = rowOf(plot, line.y);
      if (row !== null) grid.put(grid.width - label.length - 1, row, ` ${label}`);
    }
  }
}

function drawStrokes(plot: Plot, series: ChartSeries, index: number): void {
  if (series.kind === 'points') return;
  const { grid, charset } = plot;
  const stroke = isSparse(series) ? charset.line : charset.point(index, false);
  let before: Place | null = null;
  for (const place of places(plot, series)) {
    if (before !== null && place !== null) {
      for (const [column, row] of strokeCells({ from: before, to: place, step: series.kind === 'step' })) {
        grid.put(column, row, stroke, styleOf(index));
      }
    }
    before = place;
  }
}

function drawPoints(plot: Plot, series: ChartSeries, index: number): void {
  if (!isSparse(series) && series.kind !== 'points') return;
  const { grid, charset } = plot;
  for (const [at, place] of places(plot, series).entries()) {
    const sign = charset.point(index, series.hollow?.[at] === true);
    if (place !== null) grid.put(...place, sign, styleOf(index));
  }
}

type Place = readonly [column: number, row: number];

/** Null for a point that the axes have no place for. */
function places(plot: Plot, { points }: ChartSeries): Array<Place | null> {
  return points.map(([at, value]) => {
    const [column, row] = [plot.x.cellOf(at), rowOf(plot, value)];
    return column === null || row === null ? null : [column, row];
  });
}

function isSparse({ points }: ChartSeries): boolean {
  return points.length <= SPARSE;
}

function styleOf(index: number): Style {
  return STYLES[index % STYLES.length] ?? 'cyan';
}

interface Stroke {
  readonly from: Place;
  readonly to: Place;
  /** Goes across first, then up or down. */
  readonly step: boolean;
}

/** The cells from one point to the next, without a gap. */
function* strokeCells({ from: [c0, r0], to: [c1, r1], step }: Stroke): Generator<Place> {
  if (step) {
    for (let column = c0; column <= c1; column++) yield [column, r0];
    const direction = Math.sign(r1 - r0);
    for (let row = r0; row !== r1; row += direction) yield [c1, row];
    yield [c1, r1];
    return;
  }
  const steps = Math.max(c1 - c0, Math.abs(r1 - r0));
  for (let at = 0; at <= steps; at++) {
    const share = steps === 0 ? 1 : at / steps;
    yield [Math.round(c0 + (c1 - c0) * share), Math.round(r0 + (r1 - r0) * share)];
  }
}

/** The floor with its ticks, and what they say: every tick, or every second, third… so that each has room. */
function bottom({ ticks }: Axis, left: number, right: number, charset: Charset): string[] {
  const width = left + 1 + right;
  const words = ticks
    .filter(({ cell }) => cell >= 0 && cell < right)
    .map(({ cell, text }) => {
      const word = charset.text(text);
      const start = left + 1 + cell - Math.floor(word.length / 2);
      return { cell, word, start: Math.max(0, Math.min(start, width - word.length)) };
    });
  let shown = words;
  for (let stride = 2; shown.some(({ start }, at) => start < endOf(shown[at - 1])); stride++) {
    shown = words.filter((_, at) => at % stride === 0);
  }
  const floor = Array.from({ length: right }, () => charset.floor);
  const texts = new Grid(width, 1);
  for (const { cell, word, start } of shown) {
    floor[cell] = charset.tick;
    texts.put(start, 0, word);
  }
  return [`${' '.repeat(left)}${charset.corner}${floor.join('')}`, ...texts.lines((_, text) => text)];
}

/** Where the next text may start. */
function endOf(before: { readonly start: number; readonly word: string } | undefined): number {
  return before === undefined ? 0 : before.start + before.word.length + 2;
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
