/** Names of rows and columns beside an axis, cut where they would leave no room for the chart. Knows no metric. */
import type { Scale } from 'chart.js';
import { fitted } from './fitted.ts';
import { fitsInto } from './measured.ts';

/** Of the width of a chart at most this share is for the names of its rows. */
const NAMES = 0.43;
const GAP_PX = 4;

/** The name of the category at `index` of `scale`, as long as it may be. */
export function categoryTick(scale: Scale, index: number): string {
  const { chart } = scale;
  const names = scale.getLabels();
  const room = scale.isHorizontal() ? chart.width / Math.max(1, names.length) - GAP_PX : chart.width * NAMES;
  return fitted(names[index] ?? '', fitsInto(chart, room));
}
