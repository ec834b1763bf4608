/** How wide a text will be on a chart, asked before its canvas has the font. Knows no axis. */
import type { Chart } from 'chart.js';
import { toFont } from 'chart.js/helpers';
import { fontOf } from './text-size.ts';

/** Whether a text in the font of `chart` is at most `room` pixels wide. */
export function fitsInto(
  chart: Pick<Chart, 'canvas' | 'ctx' | 'options'>,
  room: number,
): (text: string) => boolean {
  const { ctx } = chart;
  const { string } = toFont(fontOf({ chart }));
  return (text) => {
    ctx.save();
    ctx.font = string;
    const { width } = ctx.measureText(text);
    ctx.restore();
    return width <= room;
  };
}
