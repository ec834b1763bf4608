/**
 * A TableSpec as text of at most 80 columns: no rules, the title over the first column, numbers to the right. What
 * does not fit goes on below, behind the first column again. Knows no metric.
 */
import type { TableColumn, TableSpec } from '@llmsim/analysis';
import Table from 'cli-table3';
import type { Paint } from './colour.ts';
import { wrap } from './wrap.ts';

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
  const parts = fitting(named(table));
  return [
    ...parts.map((part, index) =>
      renderPart(index === 0 ? part : { ...part, title: ' '.repeat(part.title.length) }, paint),
    ),
    ...table.notes.flatMap((note) => wrap(note, WIDTH).map((line) => paint('dim', line))),
  ].join('\n');
}

function renderPart({ title, columns, rows }: TableSpec, paint: Paint): string {
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
      return paint('dim', fits ? label : inTwo(label).join('\n'));
    }),
  });
  grid.push(...rows.map((row) => row.map(({ text }) => text)));
  return grid
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** The table, cut between columns into as few tables as fit with headings of two lines; all keep the first column. */
function fitting(table: TableSpec): TableSpec[] {
  if (table.columns.length < 2) return [table];
  const width = (column: number): number => {
    const heading = column === 0 ? [table.title] : inTwo(table.columns[column]?.label ?? '');
    return Math.max(
      ...[...heading, ...table.rows.map((row) => row[column]?.text ?? '')].map(({ length }) => length),
    );
  };
  const parts: number[][] = [];
  let left = 0;
  for (let column = 1; column < table.columns.length; column++) {
    left -= width(column) + GAP;
    if (left < 0) {
      parts.push([0]);
      left = WIDTH - width(0) - GAP - width(column);
    }
    parts.at(-1)?.push(column);
  }
  const only = <T>(items: readonly T[], columns: readonly number[]): T[] =>
    columns.flatMap((column) => items.slice(column, column + 1));
  return parts.map((columns) => ({
    ...table,
    columns: only(table.columns, columns),
    rows: table.rows.map((row) => only(row, columns)),
  }));
}

/** A heading on two lines, as narrow as they can be; on one where it has no space. */
function inTwo(label: string): string[] {
  const words = label.split(' ');
  const breaks = words
    .slice(1)
    .map((_, at) => [words.slice(0, at + 1).join(' '), words.slice(at + 1).join(' ')]);
  const width = (lines: readonly string[]): number => Math.max(...lines.map(({ length }) => length));
  return breaks.reduce((best, lines) => (width(lines) < width(best) ? lines : best), [label]);
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
