/**
 * A chart.js plugin for lines from edge to edge of a chart, each with its label beside it. Knows no metric.
 */
import type { ChartLine } from '@llmsim/analysis';
import type { Plugin } from 'chart.js';
import type { Palette } from './palette.ts';

const GAP_PX = 4;
const FONT = '12px system-ui, sans-serif';
const LINE_PX = 15;

/** Room above a chart for the label of an upright line. */
export const LABEL_ABOVE_PX: number = LINE_PX + GAP_PX;

/**
 * Draws `lines` over the scales `x` and `y` of the chart. Labels of upright lines stand below each other, or where
 * `above` says so over the chart, in `LABEL_ABOVE_PX` of padding.
 */
export function linesAcross(
  lines: readonly ChartLine[],
  { marker, ink, surface }: Palette,
  above = false,
): Plugin {
  return {
    id: 'linesAcross',
    afterDatasetsDraw({ ctx, chartArea: { left, right, top, bottom }, scales: { x, y } }) {
      if (x === undefined || y === undefined) return;
      ctx.save();
      ctx.font = FONT;
      ctx.strokeStyle = marker;
      ctx.lineWidth = 1.5;
      ctx.setLineDash([5, 4]);
      ctx.textBaseline = 'middle';
      let upright = 0;
      for (const line of lines) {
        const at = 'x' in line ? x.getPixelForValue(line.x) : y.getPixelForValue(line.y);
        ctx.beginPath();
        ctx.moveTo('x' in line ? at : left, 'x' in line ? top : at);
        ctx.lineTo('x' in line ? at : right, 'x' in line ? bottom : at);
        ctx.stroke();
        const width = ctx.measureText(line.label).width;
        const text =
          'x' in line
            ? {
                x: at + GAP_PX + width < right ? at + GAP_PX : at - GAP_PX - width,
                y: above ? top - LINE_PX / 2 : top + LINE_PX * (upright++ + 0.5) + GAP_PX,
              }
            : {
                x: right - GAP_PX - width,
                y: at - LINE_PX < top ? at + LINE_PX / 2 + 2 : at - LINE_PX / 2 - 1,
              };
        ctx.fillStyle = surface;
        ctx.globalAlpha = 0.8;
        ctx.fillRect(text.x - 2, text.y - LINE_PX / 2, width + 4, LINE_PX);
        ctx.globalAlpha = 1;
        ctx.fillStyle = ink;
        ctx.fillText(line.label, text.x, text.y);
      }
      ctx.restore();
    },
  };
}
