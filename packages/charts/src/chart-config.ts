/** Any Chart as chart.js wants it. Knows no metric and touches no canvas. */
import type { Chart } from '@llmsim/analysis';
import { type BarsConfiguration, barsConfig } from './bars-config.ts';
import { type CurvesConfiguration, curvesConfig } from './curves-config.ts';
import { type HeatmapConfiguration, heatmapConfig } from './heatmap-config.ts';
import type { Palette } from './palette.ts';

export type AnyConfiguration = CurvesConfiguration | BarsConfiguration | HeatmapConfiguration;

/** Everything chart.js needs to draw `chart` once: it works on what it is given. Nothing moves. */
export function chartConfig(chart: Chart, palette: Palette): AnyConfiguration {
  switch (chart.kind) {
    case 'bars':
      return barsConfig(chart, palette);
    case 'heatmap':
      return heatmapConfig(chart, palette);
    default:
      return curvesConfig(chart, palette);
  }
}
