/**
 * A ChartSpec as chart.js wants it: curves, bands, hollow points, lines across. Knows no metric and touches no canvas.
 */
import {
  type ChartAxis,
  type ChartInterval,
  type ChartSeries,
  type ChartSpec,
  formatQuantity,
} from '@llmsim/analysis';
import type { ChartConfiguration } from 'chart.js';
import { axisOptions } from './axis-options.ts';
import { linesAcross } from './lines-across.ts';
import { type Palette, seriesColour } from './palette.ts';
import { along, countsWhole, hasPlace, inView, lowestOf } from './places.ts';
import { type Dataset, fewMarks, type Point, pointMarks } from './point-marks.ts';
import { fontOf } from './text-size.ts';
import { thinned } from './thinned.ts';

export type CurvesConfiguration = ChartConfiguration<'line', Point[]>;

/** The first datasets are the series in order; their bands and marks follow, unnamed. */
export function curvesConfig(whole: ChartSpec, palette: Palette): CurvesConfiguration {
  const { x, y } = whole;
  const series = whole.series.map((one) => thinned(along(one, x), whole.series.length));
  const lines = whole.lines.filter((line) => ('x' in line ? hasPlace(line.x, x) : hasPlace(line.y, y)));
  const spec = { ...whole, series, lines };
  const banded = series.some(({ band }) => band !== undefined);
  const lowest = banded ? lowestOf(spec) : Number.NaN;
  const curves = series.map((one, index) => {
    const line = curve(one, index, y, palette);
    // One alone needs no marks.
    return { line, marks: series.length === 1 ? [] : fewMarks(one, index, line) };
  });
  return {
    type: 'line',
    data: {
      datasets: [
        ...curves.map(({ line }) => line),
        ...series.flatMap(({ band = [], place }, index) => {
          const colour = seriesColour(palette, place ?? index);
          const seen = band.map((interval) => [interval[0], ...inView(interval, y, lowest)] as const);
          return bandEdges(seen, colour, series.length);
        }),
        ...curves.flatMap(({ marks }) => marks),
      ],
    },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      maintainAspectRatio: false,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      scales: {
        x: axisOptions(
          x,
          palette,
          lines.flatMap((line) => ('x' in line ? [line.x] : [])),
          countsWhole(spec, 'x'),
        ),
        y: {
          ...axisOptions(
            y,
            palette,
            lines.flatMap((line) => ('y' in line ? [line.y] : [])),
            countsWhole(spec, 'y'),
          ),
          ...(y.scale === 'linear' && neverNegative(series) ? { min: 0 } : {}),
        },
      },
      plugins: {
        legend: {
          labels: {
            color: palette.ink,
            filter: ({ text, datasetIndex = 0 }) =>
              text !== '' && (series[datasetIndex]?.points.length ?? 0) > 0,
          },
        },
        tooltip: {
          displayColors: false,
          bodyFont: fontOf,
          filter: ({ datasetIndex }) => datasetIndex < series.length,
          callbacks: {
            title: () => '',
            label: ({ datasetIndex, dataIndex }) => pointText(spec, series[datasetIndex], dataIndex),
          },
        },
      },
    },
    plugins: [linesAcross(lines, palette)],
  };
}

/** An interval may reach below 0 where the quantity cannot. */
function neverNegative(series: readonly ChartSeries[]): boolean {
  return series.every(({ points }) => points.every((point) => !(point[1] < 0)));
}

function curve(series: ChartSeries, index: number, axis: ChartAxis, palette: Palette): Dataset {
  const { name, kind, points, dashed, place = index } = series;
  const colour = seriesColour(palette, place);
  return {
    label: name,
    // chart.js leaves a gap at what is no number.
    data: points.map((point) => ({ x: point[0], y: hasPlace(point[1], axis) ? point[1] : Number.NaN })),
    stepped: kind === 'step' ? 'before' : false,
    showLine: kind !== 'points',
    borderColor: colour,
    borderWidth: 2,
    borderDash: dashed === true ? [6, 4] : [],
    backgroundColor: colour,
    fill: false,
    ...pointMarks(series, index, palette),
  };
}

/** The upper edge, filled down to the lower one that follows it. */
function bandEdges(band: readonly ChartInterval[], colour: string, all: number): Dataset[] {
  if (band.length === 0) return [];
  const edge = (data: Point[], fill: '+1' | false): Dataset => ({
    label: '',
    data,
    fill,
    borderWidth: 0,
    backgroundColor: `${colour}33`,
    pointRadius: 0,
    pointHoverRadius: 0,
    order: all,
  });
  return [
    edge(
      band.map(([x, , high]) => ({ x, y: high })),
      '+1',
    ),
    edge(
      band.map(([x, low]) => ({ x, y: low })),
      false,
    ),
  ];
}

/** `mono: 1.20 s (1.10 s to 1.31 s) at 4.00 req/s`. */
function pointText({ x, y }: ChartSpec, series: ChartSeries | undefined, at: number): string {
  const point = series?.points[at];
  if (series === undefined || point === undefined) return '';
  const interval = series.band?.find(([bandX]) => bandX === point[0]);
  const range =
    interval === undefined
      ? ''
      : ` (${formatQuantity(interval[1], y.unit)} to ${formatQuantity(interval[2], y.unit)})`;
  return `${series.name}: ${formatQuantity(point[1], y.unit)}${range} at ${formatQuantity(point[0], x.unit)}`;
}
