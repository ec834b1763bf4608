/**
 * The values of a chart as a table, for those who do not see it and for files. Knows no metric.
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
        axisColumn(y, 'low', `Lower end of the interval. ${y.definition}`),
        axisColumn(y, 'high', `Upper end of the interval. ${y.definition}`),
      ]
    : [];
  return {
    columns: [
      words('series', 'curve', 'The run or pool that the curve stands for.'),
      axisColumn(x, x.label, x.definition),
      axisColumn(y, y.label, y.definition),
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
      axisColumn(value, 'from', `Where the bar starts. ${value.definition}`),
      axisColumn(value, 'to', `Where the bar ends. ${value.definition}`),
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
      words(nameInFiles(x.label), x.label, 'The column of the cell.'),
      words(nameInFiles(y.label), y.label, 'The row of the cell.'),
      axisColumn(value, value.label, value.definition),
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

function axisColumn({ unit }: Pick<ChartAxis, 'unit'>, label: string, definition: string): TableColumn {
  return { key: nameInFiles(label, unit), label, unit, align: 'right', definition };
}

/** `arrival rate` in req/s → `arrival_rate_per_s`. */
function nameInFiles(label: string, unit?: Unit): string {
  const words = label.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_');
  const suffix = unit === undefined ? '' : (SUFFIXES[unit] ?? '');
  return `${words.replace(/^_|_$/g, '')}${suffix}`;
}

/** How names in files end; shares and counts have no ending. */
const SUFFIXES: { readonly [unit in Unit]?: string } = {
  s: '_s',
  bytes: '_bytes',
  'bytes/s': '_bytes_per_s',
  'req/s': '_per_s',
  'tokens/s': '_tokens_per_s',
};

function word(text: string): TableCell {
  return { value: text, text };
}

function cell(value: number | null, unit: Unit): TableCell {
  return { value, text: formatQuantity(value, unit) };
}
