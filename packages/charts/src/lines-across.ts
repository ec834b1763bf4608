/**
 * A chart.js plugin for lines from edge to edge of a chart, each with its label beside it. Knows no metric.
 */
import type { ChartLine } from '@llmsim/analysis';
import type { Chart, Plugin } from 'chart.js';
import { fitted } from './fitted.ts';
import { type Box, firstFree } from './free-place.ts';
import { heightAbove, labelPlaces } from './label-places.ts';
import type { Palette } from './palette.ts';
import { roomAbove } from './room-above.ts';
import { strokesIn } from './strokes-in.ts';
import { FAMILY, fontOf, textScale } from './text-size.ts';

/** On the two sides of the text of a label. */
const PADDING_PX = 2;
const LINE_PX = 15;

/** A narrower chart has no room for labels: its legend names the lines. */
const LABELS_FROM_PX = 480;

export interface Naming {
  /** Whether lines have labels on narrow charts, too. */
  readonly always?: boolean;
}

/**
 * Draws `lines` over the scales `x` and `y` of the chart. Labels stand where they cover no other, and as little of
 * the curves as they can: those of upright lines above the chart as long as there is room.
 */
export function linesAcross(
  lines: readonly ChartLine[],
  { marker, ink, surface }: Palette,
  { always = false }: Naming = {},
): Plugin {
  const upright = lines.some((line) => 'x' in line);
  const named = (chart: Chart): boolean => always || chart.width >= LABELS_FROM_PX * textScale(chart);
  return {
    id: 'linesAcross',
    ...roomAbove((chart) => (upright && named(chart) ? heightAbove(LINE_PX * textScale(chart)) : 0)),
    afterDatasetsDraw(chart) {
      const { ctx, chartArea, scales } = chart;
      const { x, y } = scales;
      if (x === undefined || y === undefined) return;
      const { left, right, top, bottom } = chartArea;
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
      const height = LINE_PX * textScale(chart);
      const covered = (place: Box): number => (place.y < top ? 0 : strokesIn(chart, place));
      const taken: Box[] = [];
      for (const line of named(chart) ? lines : []) {
        const label = fitted(line.label, (text) => ctx.measureText(text).width <= (right - left) / 2);
        const size = { width: ctx.measureText(label).width + 2 * PADDING_PX, height };
        const box = firstFree(labelPlaces(line, pixelOf(line), size, chartArea), taken, covered);
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
