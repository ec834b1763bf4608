/**
 * A TableSpec as text of at most 80 columns: no rules, the title over the first column, numbers to the right.
 * Knows no metric.
 */
import type { TableColumn, TableSpec } from '@llmsim/analysis';
import Table from 'cli-table3';
import type { Paint } from './colour.ts';

const WIDTH = 80;
const GAP = 2;

const NO_RULES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};

export function renderTable(table: TableSpec, paint: Paint): string {
  const { title, columns, rows, notes } = named(table);
  const wide = columns.map((column, index) =>
    Math.max(
      index === 0 ? title.length : column.label.length,
      ...rows.map((row) => row[index]?.text.length ?? 0),
    ),
  );
  const fits = wide.reduce((sum, width) => sum + width + GAP, -GAP) <= WIDTH;
  const grid = new Table({
    chars: NO_RULES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP },
    colAligns: columns.map(({ align }) => align),
    head: columns.map(({ label, align }, index) => {
      if (index === 0 && align === 'left') return paint('bold', title);
      return paint('dim', fits ? label : label.replaceAll(' ', '\n'));
    }),
  });
  grid.push(...rows.map((row) => row.map(({ text }) => text)));
  const text = grid
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  return [...text, ...notes.map((note) => paint('dim', note))].join('\n');
}

/** A table of numbers alone gets an empty first column, for the title to stand over. */
function named(table: TableSpec): TableSpec {
  const [first] = table.columns;
  if (first?.align === 'left') return table;
  return {
    ...table,
    columns: [{ key: '', label: '', align: 'left', definition: '' }, ...table.columns],
    rows: table.rows.map((row) => [{ value: null, text: '' }, ...row]),
  };
}

/** Rows for columns: for a table with few of them. */
export function transposed(table: TableSpec): TableSpec {
  const [names, ...quantities] = table.columns;
  if (names === undefined) return table;
  return {
    ...table,
    columns: [names, ...table.rows.map(([name], index) => column(String(index), name?.text ?? ''))],
    rows: quantities.map(({ key, label }, index) => [
      { value: key, text: label },
      ...table.rows.map((row) => row[index + 1] ?? { value: null, text: '' }),
    ]),
  };
}

function column(key: string, label: string): TableColumn {
  return { key, label, align: 'right', definition: '' };
}
