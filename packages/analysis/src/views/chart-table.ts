/**
 * The values of a chart as a table, for those who do not see it and for files. Knows no metric.
 */
import type { BarChartSpec, Chart, ChartAxis, ChartSpec, HeatmapSpec } from './chart-spec.ts';
import { formatQuantity } from './format.ts';
import { numberCell, type TableColumn, type TableSpec, wordCell } from './table-spec.ts';

/**
 * One row for each point, bar or cell, in order; a band adds the ends of its intervals.
 *
 * @example
 * chartTable(queueTimeline(report)).rows.length; // as many as there are points
 */
export function chartTable(chart: Chart): TableSpec {
  const { id, title } = chart;
  const { columns, rows } = chartRows(chart);
  return { id: `${id}_points`, title: `${title}: points`, columns, rows, notes: [] };
}

type Rows = Pick<TableSpec, 'columns' | 'rows'>;

function chartRows(chart: Chart): Rows {
  switch (chart.kind) {
    case 'bars':
      return barRows(chart);
    case 'heatmap':
      return cellRows(chart);
    default:
      return pointRows(chart);
  }
}

function pointRows({ x, y, series }: ChartSpec): Rows {
  const banded = series.some(({ band = [] }) => band.length > 0);
  return {
    columns: [
      word('series', 'curve', 'The run, pool or option that the curve stands for.'),
      number('x', x),
      number('y', y),
      ...(banded
        ? [
            number('low', y, 'low', 'The lower end of the interval.'),
            number('high', y, 'high', 'The upper end of the interval.'),
          ]
        : []),
    ],
    rows: series.flatMap(({ name, points, band = [] }) => {
      const intervals = new Map(band.map(([at, low, high]) => [at, [low, high] as const]));
      return points.map(([px, py]) => {
        const [low = null, high = null] = intervals.get(px) ?? [];
        const ends = banded ? [numberCell(low, y.unit), numberCell(high, y.unit)] : [];
        return [wordCell(name), numberCell(px, x.unit), numberCell(py, y.unit), ...ends];
      });
    }),
  };
}

function barRows({ bars, value }: BarChartSpec): Rows {
  return {
    columns: [
      word('label', 'bar', 'The row of the bar.'),
      word('series', 'part', 'What the bar stands for in its row.'),
      number('from', value, 'from', 'Where the bar starts.'),
      number('to', value, 'to', 'Where the bar ends.'),
    ],
    rows: bars.map(({ label, series = '', from, to }) => [
      wordCell(label),
      wordCell(series),
      numberCell(from, value.unit),
      numberCell(to, value.unit),
    ]),
  };
}

function cellRows({ x, y, value, cells }: HeatmapSpec): Rows {
  return {
    columns: [
      word('x', x.label, 'From left to right.'),
      word('y', y.label, 'From bottom to top.'),
      {
        key: 'value',
        label: value.label,
        unit: value.unit,
        align: 'right',
        definition: value.definition,
      },
      word('mark', 'mark', 'What sets the cell apart.'),
    ],
    rows: cells.flatMap((row, at) =>
      row.map(({ value: number, text, mark = '' }, across) => [
        wordCell(x.categories[across] ?? ''),
        wordCell(y.categories[at] ?? ''),
        { value: number, text: text === '' ? formatQuantity(number, value.unit) : text },
        wordCell(mark),
      ]),
    ),
  };
}

function word(key: string, label: string, definition: string): TableColumn {
  return { key, label, align: 'left', definition };
}

function number(key: string, axis: ChartAxis, label?: string, definition?: string): TableColumn {
  return {
    key,
    label: label ?? axis.label,
    unit: axis.unit,
    align: 'right',
    definition: definition ?? axis.definition,
  };
}
