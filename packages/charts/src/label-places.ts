/** Where the label of a line across a chart may stand, the best place first. Knows no drawing. */
import type { ChartLine } from '@llmsim/analysis';
import type { ChartArea } from 'chart.js';
import type { Box } from './free-place.ts';

/** Between a line, or the chart, and a label. */
const GAP_PX = 2;

type Size = Pick<Box, 'width' | 'height'>;

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Room above a chart for labels of `height`. */
export function heightAbove(height: number): number {
  return height + 2 * GAP_PX;
}

/** The places of a label of `size` beside `line`, which is drawn at the pixel `at`. */
export function labelPlaces(line: ChartLine, at: number, size: Size, area: ChartArea): Box[] {
  const places = 'x' in line ? besideUpright(at, size, area) : besideLevel(at, size, area);
  return places.map((place) => ({ ...place, ...size }));
}

/** To the right of the line above the chart, where no curve runs, and from its top down; then to the left of the line. */
function besideUpright(
  at: number,
  { width, height }: Size,
  { left, right, top, bottom }: ChartArea,
): Place[] {
  const [after, before] = [at + GAP_PX, at - GAP_PX - width];
  const fitting = [after, before].filter((x) => x >= left && x + width <= right);
  // Where it fits on neither side it stands on the usual one.
  const sides = fitting.length === 0 ? [after] : fitting;
  const rows = Math.max(1, Math.floor((bottom - top) / height) - 1);
  return sides.flatMap((x) => [
    { x, y: top - GAP_PX - height },
    ...Array.from({ length: rows }, (_, row) => ({ x, y: top + GAP_PX + row * height })),
  ]);
}

/** At the right end above the line, or below it, or at the left end. */
function besideLevel(at: number, { width, height }: Size, { left, right, top }: ChartArea): Place[] {
  const [over, under] = [at - height - 1, at + 2];
  const rows = over < top ? [under] : [over, under];
  return [right - GAP_PX - width, left + GAP_PX].flatMap((x) => rows.map((y) => ({ x, y })));
}
