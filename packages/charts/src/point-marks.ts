/**
 * The marks by which curves are told apart without their colours: at each point of a curve, or at a few of very many.
 * Knows no axis and no unit.
 */
import type { ChartSeries } from '@llmsim/analysis';
import type { ChartDataset } from 'chart.js';
import { type Palette, pointShape, seriesColour } from './palette.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Dataset = ChartDataset<'line', Point[]>;

/** A curve with more points has marks at a few of them only. */
const MARKED_POINTS = 40;
const FEW = 6;

const RADIUS = 4;

/** How chart.js marks the points of the series at `index`. */
export function pointMarks(
  series: ChartSeries,
  index: number,
  palette: Palette,
): Pick<Dataset, 'pointStyle' | 'pointRadius' | 'pointHoverRadius' | 'pointBackgroundColor'> {
  const { hollow, place = index } = series;
  const colour = seriesColour(palette, place);
  return {
    pointStyle: pointShape(index).style,
    pointRadius: isDense(series) ? 0 : RADIUS,
    pointHoverRadius: RADIUS + 1,
    pointBackgroundColor:
      hollow === undefined
        ? colour
        : series.points.map((_, at) => (hollow[at] === true ? palette.surface : colour)),
  };
}

/**
 * The marks at a few points of a curve that was drawn without. They are a dataset: with a list of radii chart.js works
 * out what every point looks like, which takes longer than drawing the curve.
 */
export function fewMarks(series: ChartSeries, index: number, curve: Dataset): Dataset[] {
  if (!isDense(series)) return [];
  const every = Math.ceil(curve.data.length / FEW);
  // Marks of two curves on the same points stand at different ones.
  const first = Math.floor((every * ((index % 4) + 1)) / 5);
  const marked = <Value>(values: readonly Value[]): Value[] => values.filter((_, at) => at % every === first);
  const { pointBackgroundColor: inside } = curve;
  return [
    {
      ...curve,
      label: '',
      data: marked(curve.data),
      showLine: false,
      pointRadius: RADIUS,
      ...(Array.isArray(inside) ? { pointBackgroundColor: marked(inside) } : {}),
      // Over all curves.
      order: -1,
    },
  ];
}

function isDense({ points, kind }: ChartSeries): boolean {
  return points.length > MARKED_POINTS && kind !== 'points';
}
