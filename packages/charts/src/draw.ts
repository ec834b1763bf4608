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
  type LegendItem,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
} from 'chart.js';
import { MatrixController, MatrixElement } from 'chartjs-chart-matrix';
import { type AnyConfiguration, chartConfig } from './chart-config.ts';
import type { CurvesConfiguration } from './curves-config.ts';
import { fitted } from './fitted.ts';
import { fitsInto } from './measured.ts';
import type { Palette } from './palette.ts';

export interface DrawingOptions {
  /** Whether chart.js writes the legend; a page writes its own in words. */
  readonly legend: boolean;
  /** Whether the drawing follows the size of what holds it; off where nothing can be measured. */
  readonly responsive: boolean;
}

/** A drawn chart. */
export interface Drawing {
  /** Draws another chart in its place; where it is of the same kind this is several times faster than drawing anew. */
  show(chart: Chart, palette: Palette): void;
  destroy(): void;
}

/** Draws `chart` on a canvas. */
export function draw(canvas: ChartItem, chart: Chart, palette: Palette, options: DrawingOptions): Drawing {
  register();
  // What is not responsive needs no page, and may be a canvas that none has.
  const platform = options.responsive ? {} : { platform: BasicPlatform };
  // Each of the three types of configuration is one that chart.js draws; their union is none to its compiler.
  const configOf = (shown: Chart, colours: Palette): ChartJsConfig =>
    ({ ...withOptions(chartConfig(shown, colours), colours, options), ...platform }) as ChartJsConfig;
  let kind = chart.kind;
  let drawn = new ChartJs(canvas, configOf(chart, palette));
  return {
    show(next, colours) {
      const config = configOf(next, colours);
      if (next.kind === kind) {
        drawn.data = config.data;
        drawn.options = config.options ?? {};
        // The list of plugins can only be changed in place.
        drawn.config.plugins?.splice(0, drawn.config.plugins.length, ...(config.plugins ?? []));
        drawn.update('none');
      } else {
        drawn.destroy();
        drawn = new ChartJs(canvas, config);
      }
      kind = next.kind;
    },
    destroy: () => drawn.destroy(),
  };
}

type ChartJsConfig = ConstructorParameters<typeof ChartJs>[1];

/** A name in the legend has at most this share of the width. */
const LEGEND_NAME = 0.9;

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
  if (!responsive) {
    options.devicePixelRatio = 1;
    // Where there is Path2D, chart.js draws lines with it, unless their segments may differ; nobody can read it.
    if (isLines(config)) for (const dataset of config.data.datasets) dataset.segment = {};
  }
  options.plugins ??= {};
  options.plugins.legend = {
    align: 'start',
    ...options.plugins.legend,
    ...(legend ? {} : { display: false }),
    labels: {
      ...{ color: ink, usePointStyle: true, boxHeight: 7, padding: 14, generateLabels: legendItems },
      ...options.plugins.legend?.labels,
    },
  };
  return config;
}

/** Names no longer than a line of the legend. */
function legendItems(chart: ChartJs): LegendItem[] {
  const fits = fitsInto(chart, LEGEND_NAME * chart.width);
  return ChartJs.defaults.plugins.legend.labels
    .generateLabels(chart)
    .map((item) => ({ ...item, text: fitted(item.text, fits) }));
}

function isLines(config: AnyConfiguration): config is CurvesConfiguration {
  return config.type === 'line';
}
