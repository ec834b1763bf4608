/**
 * The values of a chart as a table, for those who do not see it. Knows no metric.
 */
import type { BarChartSpec, Chart, ChartAxis, ChartSpec, HeatmapSpec } from './chart-spec.ts';
import { formatQuantity, type Unit } from './format.ts';
import type { TableCell, TableColumn, TableSpec } from './table-spec.ts';

/**
 * One row for each point, bar or cell, in the order of the chart.
 *
 * @example
 * chartTable(ttftCdf(runs)).rows.length; // as many as the curves have points
 */
export function chartTable(chart: Chart): TableSpec {
  const { id, title } = chart;
  const parts =
    chart.kind === 'bars' ? barParts(chart) : chart.kind === 'heatmap' ? cellParts(chart) : pointParts(chart);
  return { id: `${id}_points`, title: `${title}: points`, ...parts, notes: chart.notes ?? [] };
}

type Parts = Pick<TableSpec, 'columns' | 'rows'>;

function pointParts({ x, y, series }: ChartSpec): Parts {
  const banded = series.some(({ band }) => band !== undefined);
  const bounds = banded
    ? [
        axisColumn('low', y, 'low', `Lower end of the interval. ${y.definition}`),
        axisColumn('high', y, 'high', `Upper end of the interval. ${y.definition}`),
      ]
    : [];
  return {
    columns: [
      words('series', 'curve', 'The run or pool that the curve stands for.'),
      axisColumn('x', x, x.label, x.definition),
      axisColumn('y', y, y.label, y.definition),
      ...bounds,
    ],
    rows: series.flatMap(({ name, points, band = [] }) => {
      const intervals = new Map(band.map(([at, low, high]) => [at, [low, high] as const]));
      return points.map(([px, py]) => {
        const [low = null, high = null] = intervals.get(px) ?? [];
        const interval = banded ? [cell(low, y.unit), cell(high, y.unit)] : [];
        return [word(name), cell(px, x.unit), cell(py, y.unit), ...interval];
      });
    }),
  };
}

function barParts({ value, bars }: BarChartSpec): Parts {
  const named = bars.some(({ series }) => series !== undefined);
  return {
    columns: [
      words('label', 'row', 'What the row of bars stands for.'),
      ...(named ? [words('series', 'part', 'What the bar stands for in its row.')] : []),
      axisColumn('from', value, 'from', `Where the bar starts. ${value.definition}`),
      axisColumn('to', value, 'to', `Where the bar ends. ${value.definition}`),
    ],
    rows: bars.map(({ label, series, from, to }) => [
      word(label),
      ...(named ? [word(series ?? '')] : []),
      cell(from, value.unit),
      cell(to, value.unit),
    ]),
  };
}

function cellParts({ x, y, value, cells }: HeatmapSpec): Parts {
  return {
    columns: [
      words('x', x.label, 'The column of the cell.'),
      words('y', y.label, 'The row of the cell.'),
      { key: 'value', label: value.label, unit: value.unit, align: 'right', definition: value.definition },
      words('mark', 'mark', 'What sets the cell apart.'),
    ],
    rows: cells.flatMap((row, iy) =>
      row.map((one, ix) => [
        word(x.categories[ix] ?? ''),
        word(y.categories[iy] ?? ''),
        { value: one.value, text: one.text },
        word(one.mark ?? ''),
      ]),
    ),
  };
}

function words(key: string, label: string, definition: string): TableColumn {
  return { key, label, align: 'left', definition };
}

function axisColumn(key: string, { unit }: ChartAxis, label: string, definition: string): TableColumn {
  return { key, label, unit, align: 'right', definition };
}

function word(text: string): TableCell {
  return { value: text, text };
}

function cell(value: number | null, unit: Unit): TableCell {
  return { value, text: formatQuantity(value, unit) };
}
