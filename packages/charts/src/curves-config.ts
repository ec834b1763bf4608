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
import type { ChartConfiguration, ChartDataset } from 'chart.js';
import { axisOptions } from './axis-options.ts';
import { linesAcross } from './lines-across.ts';
import { type Palette, pointShape, seriesColour } from './palette.ts';
import { along, hasPlace, inView, lowestOf } from './places.ts';
import { fontOf } from './text-size.ts';
import { thinned } from './thinned.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

type Dataset = ChartDataset<'line', Point[]>;
export type CurvesConfiguration = ChartConfiguration<'line', Point[]>;

/** A series with more points has a mark at this many of them only. */
const MARKS = 40;
const DENSE_MARKS = 6;

/** The first datasets are the series in order; their bands follow, unnamed. */
export function curvesConfig(whole: ChartSpec, palette: Palette): CurvesConfiguration {
  const { x, y } = whole;
  const series = whole.series.map((one) => thinned(along(one, x), whole.series.length));
  const lines = whole.lines.filter((line) => ('x' in line ? hasPlace(line.x, x) : hasPlace(line.y, y)));
  const spec = { ...whole, series, lines };
  const banded = series.some(({ band }) => band !== undefined);
  const lowest = banded ? lowestOf(spec) : Number.NaN;
  return {
    type: 'line',
    data: {
      datasets: [
        ...series.map((one, index) => curve(one, { index, y, alone: series.length === 1, palette })),
        ...series.flatMap(({ band = [] }, index) => {
          const colour = seriesColour(palette, index);
          const seen = band.map((interval) => [interval[0], ...inView(interval, y, lowest)] as const);
          return bandEdges(seen, colour, series.length);
        }),
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
        ),
        y: {
          ...axisOptions(
            y,
            palette,
            lines.flatMap((line) => ('y' in line ? [line.y] : [])),
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

interface Look {
  readonly index: number;
  readonly y: ChartAxis;
  /** Whether there is nothing to be told apart from. */
  readonly alone: boolean;
  readonly palette: Palette;
}

function curve(
  { name, kind, points, hollow, dashed }: ChartSeries,
  { index, y: axis, alone, palette }: Look,
): Dataset {
  const colour = seriesColour(palette, index);
  const dense = points.length > MARKS && kind !== 'points';
  const every = dense ? Math.ceil(points.length / DENSE_MARKS) : 1;
  // Marks of two curves on the same points stand at different ones.
  const first = dense ? Math.floor((every * ((index % 4) + 1)) / 5) : 0;
  const unmarked = dense && alone;
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
    pointStyle: pointShape(index).style,
    // A list makes chart.js work out what each point looks like, which takes longer than drawing the curve.
    pointRadius: unmarked ? 0 : points.map((_, at) => ((at - first) % every === 0 ? 4 : 0)),
    pointHoverRadius: 5,
    pointBackgroundColor:
      unmarked && hollow === undefined
        ? colour
        : points.map((_, at) => (hollow?.[at] === true ? palette.surface : colour)),
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
