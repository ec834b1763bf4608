/**
 * chart.js on a canvas, with the parts that line charts need. Loaded late: it is as large as the rest of the page.
 */
import type { ChartSpec } from '@llmsim/analysis';
import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
} from 'chart.js';
import { chartConfig, type Palette } from './chart-config.ts';

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Tooltip);

/** A drawn chart that follows its spec. */
export interface Drawing {
  redraw(spec: ChartSpec, palette: Palette): void;
  destroy(): void;
}

export function draw(canvas: HTMLCanvasElement): Drawing {
  let chart: Chart<'line', { x: number; y: number }[]> | null = null;
  return {
    redraw(spec, palette) {
      chart?.destroy();
      chart = new Chart(canvas, chartConfig(spec, palette));
    },
    destroy: () => chart?.destroy(),
  };
}
