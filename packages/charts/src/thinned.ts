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
  const kept = landmarks(points, stretches);
  const pick = <Value>(values: readonly Value[]): Value[] => kept.map((at) => values[at] as Value);
  return { ...series, points: pick(points), ...(hollow === undefined ? {} : { hollow: pick(hollow) }) };
}

/** Their positions in ascending order, each once. */
function landmarks(points: ChartSeries['points'], stretches: number): number[] {
  const kept: number[] = [];
  const keep = (at: number): void => {
    if (at !== kept.at(-1)) kept.push(at);
  };
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * points.length) / stretches);
    const to = Math.floor(((stretch + 1) * points.length) / stretches);
    let [low, high] = [from, from];
    let lowest = points[from]?.[1] ?? 0;
    let highest = lowest;
    for (let at = from + 1; at < to; at++) {
      const y = points[at]?.[1] ?? 0;
      if (y < lowest) {
        lowest = y;
        low = at;
      } else if (y > highest) {
        highest = y;
        high = at;
      }
    }
    keep(from);
    keep(Math.min(low, high));
    keep(Math.max(low, high));
    keep(to - 1);
  }
  return kept;
}
