/**
 * A chart.js plugin for lines from edge to edge of a chart, each with its label beside it. Knows no metric.
 */
import type { ChartLine } from '@llmsim/analysis';
import type { ChartArea, Plugin } from 'chart.js';
import { fitted } from './fitted.ts';
import { type Box, firstFree } from './free-place.ts';
import type { Palette } from './palette.ts';
import { FAMILY, fontOf, textScale } from './text-size.ts';

const GAP_PX = 4;
const LINE_PX = 15;

/** A narrower chart has no room for labels inside: its legend names the lines. */
const LABELS_FROM_PX = 480;

/** Room above a chart for the label of an upright line. */
export const LABEL_ABOVE_PX: number = LINE_PX + GAP_PX;

/**
 * Draws `lines` over the scales `x` and `y` of the chart. Labels stand where they cover no other, or where `above` says
 * so over the chart, in `LABEL_ABOVE_PX` of padding.
 */
export function linesAcross(
  lines: readonly ChartLine[],
  { marker, ink, surface }: Palette,
  above = false,
): Plugin {
  return {
    id: 'linesAcross',
    afterDatasetsDraw(chart) {
      const {
        ctx,
        chartArea,
        width: room,
        scales: { x, y },
      } = chart;
      if (x === undefined || y === undefined) return;
      const { left, right, top, bottom } = chartArea;
      const scale = textScale(chart);
      const line_px = LINE_PX * scale;
      const labelled = above || room >= LABELS_FROM_PX * scale;
      const taken: Box[] = [];
      ctx.save();
      ctx.font = `${fontOf({ chart }).size}px ${FAMILY}`;
      ctx.strokeStyle = marker;
      ctx.lineWidth = 1.5;
      ctx.setLineDash([5, 4]);
      ctx.textBaseline = 'middle';
      for (const line of lines) {
        const at = 'x' in line ? x.getPixelForValue(line.x) : y.getPixelForValue(line.y);
        ctx.beginPath();
        ctx.moveTo('x' in line ? at : left, 'x' in line ? top : at);
        ctx.lineTo('x' in line ? at : right, 'x' in line ? bottom : at);
        ctx.stroke();
        if (!labelled) continue;
        const label = fitted(line.label, (text) => ctx.measureText(text).width <= (right - left) / 2);
        const width = ctx.measureText(label).width;
        const size = { width: width + 4, height: line_px };
        const places =
          'x' in line
            ? besideUpright(at, { width, height: line_px }, chartArea, above)
            : besideLevel(at, { width, height: line_px }, chartArea);
        const box = firstFree(
          places.map((place) => ({ ...place, ...size })),
          taken,
        );
        if (box === undefined) continue;
        taken.push(box);
        ctx.fillStyle = surface;
        ctx.globalAlpha = 0.8;
        ctx.fillRect(box.x, box.y, box.width, box.height);
        ctx.globalAlpha = 1;
        ctx.fillStyle = ink;
        ctx.fillText(label, box.x + 2, box.y + line_px / 2);
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

/** To the right of the line or where that leaves the chart to its left, from the top down. */
function besideUpright(
  at: number,
  { width, height }: Size,
  { left, right, top, bottom }: ChartArea,
  above: boolean,
): Place[] {
  const outside = at + GAP_PX + width >= right && at - GAP_PX - width >= left;
  const x = (outside ? at - GAP_PX - width : at + GAP_PX) - 2;
  if (above) return [{ x, y: top - height }];
  const rows = Math.max(1, Math.floor((bottom - top) / height) - 1);
  return Array.from({ length: rows }, (_, row) => ({ x, y: top + GAP_PX + row * height }));
}

/** At the right end above the line, or below it, or at the left end. */
function besideLevel(at: number, { width, height }: Size, { left, right, top }: ChartArea): Place[] {
  const [over, under] = [at - height - 1, at + 2];
  const rows = over < top ? [under] : [over, under];
  return [right - GAP_PX - width - 2, left + GAP_PX].flatMap((x) => rows.map((y) => ({ x, y })));
}
