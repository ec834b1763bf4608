/** chart.js with the parts that charts need. Knows no page. */
import type { Chart } from '@llmsim/analysis';
import {
  BarController,
  BarElement,
  BasicPlatform,
  CategoryScale,
  type ChartItem,
  Chart as ChartJs,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
} from 'chart.js';
import { MatrixController, MatrixElement } from 'chartjs-chart-matrix';
import { type AnyConfiguration, chartConfig } from './chart-config.ts';
import type { Palette } from './palette.ts';

export interface DrawingOptions {
  /** Whether chart.js writes the legend; a page writes its own in words. */
  readonly legend: boolean;
  /** Whether the drawing follows the size of what holds it; off where nothing can be measured. */
  readonly responsive: boolean;
}

/** A drawn chart. */
export interface Drawing {
  destroy(): void;
}

/** Draws `chart` on a canvas. */
export function draw(canvas: ChartItem, chart: Chart, palette: Palette, options: DrawingOptions): Drawing {
  register();
  const config = withOptions(chartConfig(chart, palette), palette, options);
  // What is not responsive needs no page, and may be a canvas that none has.
  const platform = options.responsive ? {} : { platform: BasicPlatform };
  // Each of the three types of configuration is one that chart.js draws; their union is none to its compiler.
  return new ChartJs(canvas, { ...config, ...platform } as ConstructorParameters<typeof ChartJs>[1]);
}

let registered = false;

function register(): void {
  if (registered) return;
  ChartJs.register(
    ...[
      BarController,
      BarElement,
      LineController,
      LineElement,
      MatrixController,
      MatrixElement,
      PointElement,
    ],
    ...[CategoryScale, LinearScale, LogarithmicScale, Filler, Legend, Tooltip],
  );
  registered = true;
}

function withOptions(
  config: AnyConfiguration,
  { ink }: Palette,
  { legend, responsive }: DrawingOptions,
): AnyConfiguration {
  const { options = {} } = config;
  options.responsive = responsive;
  if (!responsive) options.devicePixelRatio = 1;
  options.plugins ??= {};
  options.plugins.legend = {
    align: 'start',
    ...options.plugins.legend,
    ...(legend ? {} : { display: false }),
    labels: { color: ink, usePointStyle: true, boxHeight: 7, ...options.plugins.legend?.labels },
  };
  return config;
}
