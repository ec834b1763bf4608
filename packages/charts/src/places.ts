/** What an axis has a place for, and what of a ChartSpec is left of that. Knows no drawing. */
import type { ChartAxis, ChartInterval, ChartSeries, ChartSpec } from '@llmsim/analysis';

/** Whether `value` is a number that the axis can show: above 0 where it is a log axis. */
export function hasPlace(value: number, { scale }: Pick<ChartAxis, 'scale'>): boolean {
  return Number.isFinite(value) && (scale === 'linear' || value > 0);
}

/** Whether an axis counts what has no parts, such as GPUs: no point lies between two whole numbers. */
export function countsWhole(spec: ChartSpec, along: 'x' | 'y'): boolean {
  const at = along === 'x' ? 0 : 1;
  return (
    spec[along].unit === 'count' &&
    spec.series.every(({ points }) => points.every((point) => Number.isInteger(point[at])))
  );
}

/** `series` without what stands at an x that the axis has no place for. */
export function along(series: ChartSeries, x: ChartAxis): ChartSeries {
  const { points, band, hollow } = series;
  if (points.every((point) => hasPlace(point[0], x))) return series;
  return {
    ...series,
    points: points.filter(([at]) => hasPlace(at, x)),
    ...(band === undefined ? {} : { band: band.filter(([at]) => hasPlace(at, x)) }),
    ...(hollow === undefined ? {} : { hollow: hollow.filter((_, at) => hasPlace(points[at]?.[0] ?? 0, x)) }),
  };
}

/** The lowest value in view on the y axis. */
export function lowestOf({ y, series, lines }: ChartSpec): number {
  let lowest = Number.POSITIVE_INFINITY;
  const see = (value: number): void => {
    if (value < lowest && hasPlace(value, y)) lowest = value;
  };
  for (const { points, band = [] } of series) {
    for (const [, value] of points) see(value);
    for (const [, low, high] of band) for (const end of [low, high]) see(end);
  }
  for (const line of lines) if ('y' in line) see(line.y);
  return lowest;
}

/** What is seen of an interval: its part above `lowest`; NaN where an end is missing or none of it is in view. */
export function inView(
  [, low, high]: ChartInterval,
  y: ChartAxis,
  lowest: number,
): [low: number, high: number] {
  if (Number.isNaN(low) || !hasPlace(high, y)) return [Number.NaN, Number.NaN];
  return [hasPlace(low, y) ? low : lowest, high];
}
