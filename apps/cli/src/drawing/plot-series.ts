/** A series in characters: its interval, its line and its points. Knows no axis and no other series. */
import type { ChartSeries } from '@llmsim/analysis';
import type { Style } from '../terminal/colour.ts';
import { type Plot, rowOf } from './plot.ts';

const STYLES: readonly Style[] = ['cyan', 'yellow', 'green', 'red'];

/** A series with more points than this is drawn as a line of its own sign. */
const SPARSE = 40;

/** Of the lower end of an interval: what reaches below a log axis ends at the floor. */
function lowerRowOf(plot: Plot, value: number): number | null {
  return rowOf(plot, value) ?? (Number.isNaN(value) ? null : plot.grid.height - 1);
}

/** The shade between the lower and the upper ends. */
export function drawBand(plot: Plot, { band = [] }: ChartSeries): void {
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

export function drawStrokes(plot: Plot, series: ChartSeries, index: number): void {
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

export function drawPoints(plot: Plot, series: ChartSeries, index: number): void {
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

/** The colour of the series at `index`. */
export function styleOf(index: number): Style {
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
