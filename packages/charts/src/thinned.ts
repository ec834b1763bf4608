/**
 * A series of very many points as few that look the same: of each stretch the first, the lowest, the highest and the
 * last. Knows no drawing.
 */
import type { ChartSeries } from '@llmsim/analysis';

/** About as many stretches as a page is wide; many series share them, as each point takes time to draw. */
const STRETCHES = 1200;
const FEWEST_STRETCHES = 200;
const KEPT_OF_EACH = 4;

/** The series itself where it has few points; `beside` is the number of series in its chart. */
export function thinned(series: ChartSeries, beside = 1): ChartSeries {
  const { points, hollow } = series;
  const stretches = Math.max(FEWEST_STRETCHES, Math.floor(STRETCHES / beside));
  if (points.length <= stretches * KEPT_OF_EACH) return series;
  const kept: number[] = [];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * points.length) / stretches);
    const to = Math.floor(((stretch + 1) * points.length) / stretches);
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
