/**
 * A chart.js plugin for lines from edge to edge of a chart, each with its label beside it. Knows no metric.
 */
import type { ChartLine } from '@llmsim/analysis';
import type { ChartArea, Plugin } from 'chart.js';
import { fitted } from './fitted.ts';
import { type Box, firstFree } from './free-place.ts';
import type { Palette } from './palette.ts';
import { strokesIn } from './strokes-in.ts';
import { FAMILY, fontOf, textScale } from './text-size.ts';

/** Between a line and its label, and on the two sides of its text. */
const GAP_PX = 2;
const PADDING_PX = 2;
const LINE_PX = 15;

/** A narrower chart has no room for labels inside: its legend names the lines. */
const LABELS_FROM_PX = 480;

/** Room above a chart for the label of an upright line. */
export const LABEL_ABOVE_PX: number = LINE_PX + GAP_PX + PADDING_PX;

/**
 * Draws `lines` over the scales `x` and `y` of the chart. Labels stand where they cover no other, and as little of
 * the curves as they can; or where `above` says so over the chart, in `LABEL_ABOVE_PX` of padding.
 */
export function linesAcross(
  lines: readonly ChartLine[],
  { marker, ink, surface }: Palette,
  above = false,
): Plugin {
  return {
    id: 'linesAcross',
    afterDatasetsDraw(chart) {
      const { ctx, chartArea, scales } = chart;
      const { x, y } = scales;
      if (x === undefined || y === undefined) return;
      const { left, right, top, bottom } = chartArea;
      const scale = textScale(chart);
      const pixelOf = (line: ChartLine): number =>
        'x' in line ? x.getPixelForValue(line.x) : y.getPixelForValue(line.y);
      ctx.save();
      ctx.strokeStyle = marker;
      ctx.lineWidth = 1.5;
      ctx.setLineDash([5, 4]);
      for (const line of lines) {
        const at = pixelOf(line);
        ctx.beginPath();
        ctx.moveTo('x' in line ? at : left, 'x' in line ? top : at);
        ctx.lineTo('x' in line ? at : right, 'x' in line ? bottom : at);
        ctx.stroke();
      }
      ctx.font = `${fontOf({ chart }).size}px ${FAMILY}`;
      ctx.textBaseline = 'middle';
      const height = LINE_PX * scale;
      const taken: Box[] = [];
      for (const line of above || chart.width >= LABELS_FROM_PX * scale ? lines : []) {
        const label = fitted(line.label, (text) => ctx.measureText(text).width <= (right - left) / 2);
        const size = { width: ctx.measureText(label).width + 2 * PADDING_PX, height };
        const places =
          'x' in line
            ? besideUpright(pixelOf(line), size, chartArea, above)
            : besideLevel(pixelOf(line), size, chartArea);
        const box = firstFree(
          places.map((place) => ({ ...place, ...size })),
          taken,
          (place) => (above ? 0 : strokesIn(chart, place)),
        );
        if (box === undefined) continue;
        taken.push(box);
        ctx.fillStyle = surface;
        ctx.globalAlpha = 0.8;
        ctx.fillRect(box.x, box.y, box.width, box.height);
        ctx.globalAlpha = 1;
        ctx.fillStyle = ink;
        ctx.fillText(label, box.x + PADDING_PX, box.y + height / 2);
      }
      ctx.restore();
    },
  };
}

type Size = Pick<Box, 'width' | 'height'>;

interface Place {
  readonly x: number;
  readonly y: number;
}

/** To the right of the line from the top down, then to its left; only where that is inside the chart. */
function besideUpright(
  at: number,
  { width, height }: Size,
  { left, right, top, bottom }: ChartArea,
  above: boolean,
): Place[] {
  const [after, before] = [at + GAP_PX, at - GAP_PX - width];
  const fitting = [after, before].filter((x) => x >= left && x + width <= right);
  // Where it fits on neither side it stands on the usual one.
  const sides = fitting.length === 0 ? [after] : fitting;
  if (above) return sides.map((x) => ({ x, y: top - height }));
  const rows = Math.max(1, Math.floor((bottom - top) / height) - 1);
  return sides.flatMap((x) =>
    Array.from({ length: rows }, (_, row) => ({ x, y: top + GAP_PX + row * height })),
  );
}

/** At the right end above the line, or below it, or at the left end. */
function besideLevel(at: number, { width, height }: Size, { left, right, top }: ChartArea): Place[] {
  const [over, under] = [at - height - 1, at + 2];
  const rows = over < top ? [under] : [over, under];
  return [right - GAP_PX - width, left + GAP_PX].flatMap((x) => rows.map((y) => ({ x, y })));
}
