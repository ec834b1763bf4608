/** chart.js with the parts that charts need. Knows no page. */
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
import type { AnyConfiguration } from './chart-config.ts';
import type { CurvesConfiguration } from './curves-config.ts';
import { fitted } from './fitted.ts';
import { fitsInto } from './measured.ts';

export interface DrawingOptions {
  /** Whether chart.js writes the legend; a page writes its own in words. */
  readonly legend: boolean;
  /** Whether the drawing follows the size of what holds it; off where nothing can be measured. */
  readonly responsive: boolean;
}

/** A drawn chart. */
export interface Drawing {
  /** Draws another chart in its place; where it is of the same kind this is several times faster than drawing anew. */
  show(config: AnyConfiguration): void;
  destroy(): void;
}

/** Draws on a canvas what `chartConfig` made of a chart. For many points each of the two takes a while. */
export function draw(canvas: ChartItem, config: AnyConfiguration, options: DrawingOptions): Drawing {
  register();
  // What is not responsive needs no page, and may be a canvas that none has.
  const platform = options.responsive ? {} : { platform: BasicPlatform };
  // Each of the three types of configuration is one that chart.js draws; their union is none to its compiler.
  const complete = (shown: AnyConfiguration): ChartJsConfig =>
    ({ ...withOptions(shown, options), ...platform }) as ChartJsConfig;
  let type = config.type;
  let drawn = new ChartJs(canvas, complete(config));
  return {
    show(next) {
      const whole = complete(next);
      if (next.type === type) {
        drawn.data = whole.data;
        drawn.options = whole.options ?? {};
        // The list of plugins can only be changed in place.
        drawn.config.plugins?.splice(0, drawn.config.plugins.length, ...(whole.plugins ?? []));
        drawn.update('none');
      } else {
        drawn.destroy();
        drawn = new ChartJs(canvas, whole);
      }
      type = next.type;
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

function withOptions(config: AnyConfiguration, { legend, responsive }: DrawingOptions): AnyConfiguration {
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
      ...{ usePointStyle: true, boxHeight: 7, padding: 14, generateLabels: legendItems },
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
