/** Which series the bars of a chart have, and which colour each takes. Knows no colour. */
import type { BarChartSpec } from './chart-spec.ts';

export interface BarSeries {
  /** '' for bars without a series. */
  readonly name: string;
  /** The position in the palette, from 0; the same in every chart that lists the same series. */
  readonly place: number;
}

/**
 * The series that the bars of a chart have, in the order of their places.
 *
 * @example
 * const bars = [{ label: 'mono', from: 0, to: 2, series: 'prefill' }];
 * barSeries({ bars, series: ['queue', 'prefill'] }).map(({ name }) => name); // ['prefill']
 */
export function barSeries({ bars, series = [] }: Pick<BarChartSpec, 'bars' | 'series'>): BarSeries[] {
  const present = new Set(bars.map((bar) => bar.series ?? ''));
  return [...new Set([...series, ...present])]
    .map((name, place) => ({ name, place }))
    .filter(({ name }) => present.has(name));
}
