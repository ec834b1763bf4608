/**
 * A series of very many points as few that look the same: of each stretch the first, the lowest, the highest and the
 * last. Knows no drawing.
 */
import type { ChartSeries } from '@llmsim/analysis';

/** More stretches than a chart has pixels. */
const STRETCHES = 2000;
const KEPT_OF_EACH = 4;

/** The series itself where it has few points. */
export function thinned(series: ChartSeries): ChartSeries {
  const { points, hollow } = series;
  if (points.length <= STRETCHES * KEPT_OF_EACH) return series;
  const kept: number[] = [];
  for (let stretch = 0; stretch < STRETCHES; stretch++) {
    const from = Math.floor((stretch * points.length) / STRETCHES);
    const to = Math.floor(((stretch + 1) * points.length) / STRETCHES);
    kept.push(...landmarks(points, from, to));
  }
  const pick = <Value>(values: readonly Value[]): Value[] => kept.flatMap((at) => values.slice(at, at + 1));
  return { ...series, points: pick(points), ...(hollow === undefined ? {} : { hollow: pick(hollow) }) };
}

/** Positions from `from` to before `to` in ascending order, each once. */
function landmarks(points: ChartSeries['points'], from: number, to: number): number[] {
  const height = (at: number): number => points[at]?.[1] ?? 0;
  let [low, high] = [from, from];
  for (let at = from + 1; at < to; at++) {
    if (height(at) < height(low)) low = at;
    if (height(at) > height(high)) high = at;
  }
  return [...new Set([from, low, high, to - 1])].sort((a, b) => a - b);
}
