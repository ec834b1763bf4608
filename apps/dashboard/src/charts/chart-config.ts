/**
 * A ChartSpec as chart.js wants it. Knows no metric and touches no canvas.
 */
import { type ChartSpec, formatQuantity } from '@llmsim/analysis';
import type { ChartConfiguration, ChartDataset } from 'chart.js';
import { axisOptions } from './axis-options.ts';

/** Colours of the page at the moment. */
export interface Palette {
  readonly ink: string;
  readonly rule: string;
  readonly marker: string;
  /** One for each series, in order. */
  readonly series: readonly string[];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

type LineConfiguration = ChartConfiguration<'line', Point[]>;

/** Everything chart.js needs to draw `spec`: no animation, no points, lines across as dashed series. */
export function chartConfig(spec: ChartSpec, palette: Palette): LineConfiguration {
  return {
    type: 'line',
    data: { datasets: [...seriesOf(spec, palette), ...linesOf(spec, palette)] },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      maintainAspectRatio: false,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      scales: { x: axisOptions(spec.x, palette), y: axisOptions(spec.y, palette) },
      plugins: {
        tooltip: {
          displayColors: false,
          callbacks: {
            title: () => '',
            label: ({ dataset, parsed: { x, y } }) =>
              `${dataset.label}: ${formatQuantity(y, spec.y.unit)} at ${formatQuantity(x, spec.x.unit)}`,
          },
        },
      },
    },
  };
}

function seriesOf({ series }: ChartSpec, palette: Palette): ChartDataset<'line', Point[]>[] {
  return series.map(({ name, kind, points }, index) => {
    const colour = palette.series[index % palette.series.length] ?? palette.ink;
    return {
      label: name,
      data: points.map(([x, y]) => ({ x, y })),
      stepped: kind === 'step' ? 'before' : false,
      borderColor: colour,
      backgroundColor: colour,
      borderWidth: 2,
      pointRadius: 0,
    };
  });
}

/** A line across reaches from edge to edge of what the series cover. */
function linesOf(
  { series, lines, y: axis }: ChartSpec,
  { marker }: Palette,
): ChartDataset<'line', Point[]>[] {
  const points = series.flatMap(({ points }) => points);
  const xs = points.map(([x]) => x);
  const ys = axis.unit === 'share' ? [0, 1] : points.map(([, y]) => y);
  return lines.map((line) => ({
    label: line.label,
    data:
      'x' in line
        ? [Math.min(...ys), Math.max(...ys)].map((y) => ({ x: line.x, y }))
        : [Math.min(...xs), Math.max(...xs)].map((x) => ({ x, y: line.y })),
    borderColor: marker,
    backgroundColor: marker,
    borderWidth: 1.5,
    borderDash: [5, 4],
    pointRadius: 0,
  }));
}
