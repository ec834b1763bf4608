/**
 * The points of a ChartSpec as a table, for those who do not see the chart. Knows no metric.
 */
import { type ChartSpec, formatQuantity, type TableSpec } from '@llmsim/analysis';

/** One row a point, series after series. */
export function chartTable({ id, title, x, y, series }: ChartSpec): TableSpec {
  return {
    id: `${id}_points`,
    title: `${title}: points`,
    columns: [
      {
        key: 'series',
        label: 'curve',
        align: 'left',
        definition: 'The run or pool that the curve stands for.',
      },
      { key: 'x', label: x.label, unit: x.unit, align: 'right', definition: x.definition },
      { key: 'y', label: y.label, unit: y.unit, align: 'right', definition: y.definition },
    ],
    rows: series.flatMap(({ name, points }) =>
      points.map(([px, py]) => [
        { value: name, text: name },
        { value: px, text: formatQuantity(px, x.unit) },
        { value: py, text: formatQuantity(py, y.unit) },
      ]),
    ),
    notes: [],
  };
}
