/**
 * A TableSpec as text of at most 80 columns: no rules, the title over the first column, numbers to the right. What
 * does not fit loses details first; what is still too wide goes on below, behind the first column again. Knows no metric.
 */
import type { TableColumn, TableSpec } from '@llmsim/analysis';
import type { Paint } from './colour.ts';
import { columnsOf, padEnd, padStart } from './columns.ts';
import { inSigns, showsUnicode } from './signs.ts';
import { wrap } from './wrap.ts';

const WIDTH = 80;
const GAP = 2;
/** Of headings, at most. */
const HEADING_LINES = 3;

export function renderTable(table: TableSpec, paint: Paint): string {
  const all = named(showsUnicode() ? table : plain(table));
  const kept = withoutDetails(all);
  const left_out = all.columns.filter((column) => !kept.columns.includes(column)).map(({ label }) => label);
  const parts = fitting(kept);
  const notes =
    left_out.length === 0
      ? table.notes
      : [...table.notes, `Without ${left_out.join(', ')}, for want of room: -o FILE has them.`];
  return [
    ...parts.map((part, index) =>
      renderPart(index === 0 ? part : { ...part, title: ' '.repeat(columnsOf(part.title)) }, paint),
    ),
    ...notes.flatMap((note) => wrap(note, WIDTH).map((line) => paint('dim', line))),
  ].join('\n');
}

function renderPart(part: TableSpec, paint: Paint): string {
  const { title, columns, rows } = part;
  const lines = [1, 2].find((lines) => widthOf(part, lines) <= WIDTH) ?? HEADING_LINES;
  const headings = columns.map(({ label, align }, index) =>
    index === 0 && align === 'left'
      ? [paint('bold', title)]
      : headingOf(label, lines, cellsWidth(rows, index)).map((line) => paint('dim', line)),
  );
  const height = Math.max(...headings.map(({ length }) => length));
  const head = Array.from({ length: height }, (_, line) => headings.map((texts) => texts[line] ?? ''));
  const body = rows.map((row) => row.map(({ text }) => text));
  const widths = columns.map((_, index) => columnWidth(part, index, lines));
  return [...head, ...body]
    .map((texts) =>
      texts
        .map((text, index) => {
          const pad = columns[index]?.align === 'right' ? padStart : padEnd;
          return pad(text, widths[index] ?? 0);
        })
        .join(' '.repeat(GAP))
        .trimEnd(),
    )
    .join('\n');
}

/** The table in ASCII. */
function plain(table: TableSpec): TableSpec {
  const said = (text: string): string => inSigns(text, false);
  return {
    ...table,
    title: said(table.title),
    columns: table.columns.map((column) => ({ ...column, label: said(column.label) })),
    rows: table.rows.map((row) => row.map((cell) => ({ ...cell, text: said(cell.text) }))),
    notes: table.notes.map(said),
  };
}

/** The table without as many of its details, from the left, as it takes to fit; whole where that does not help. */
function withoutDetails(table: TableSpec): TableSpec {
  const details = table.columns.flatMap(({ detail }, index) => (detail ? [index] : []));
  for (let dropped = 0; dropped <= details.length; dropped++) {
    const without = details.slice(0, dropped);
    const kept = only(table, (column) => !without.includes(column));
    if (widthOf(kept, HEADING_LINES) <= WIDTH) return kept;
  }
  return table;
}

/** The table, cut between columns into as few tables as fit with broken headings; all keep the first column. */
function fitting(table: TableSpec): TableSpec[] {
  if (table.columns.length < 2) return [table];
  const parts: number[][] = [];
  let left = 0;
  for (let column = 1; column < table.columns.length; column++) {
    const width = columnWidth(table, column, HEADING_LINES);
    left -= width + GAP;
    if (left < 0) {
      parts.push([0]);
      left = WIDTH - columnWidth(table, 0, 1) - GAP - width;
    }
    parts.at(-1)?.push(column);
  }
  return parts.map((columns) => only(table, (column) => columns.includes(column)));
}

/** The columns that are wanted. */
function only(table: TableSpec, wanted: (column: number) => boolean): TableSpec {
  const of = <T>(items: readonly T[]): T[] => items.filter((_, column) => wanted(column));
  return { ...table, columns: of(table.columns), rows: table.rows.map(of) };
}

function widthOf(table: TableSpec, lines: number): number {
  return table.columns.reduce((sum, _, column) => sum + columnWidth(table, column, lines) + GAP, -GAP);
}

/** The title stands over the first column. */
function columnWidth({ title, columns, rows }: TableSpec, column: number, lines: number): number {
  const cells = cellsWidth(rows, column);
  const heading = column === 0 ? [title] : headingOf(columns[column]?.label ?? '', lines, cells);
  return Math.max(cells, widest(heading));
}

function cellsWidth(rows: TableSpec['rows'], column: number): number {
  return widest(rows.map((row) => row[column]?.text ?? ''));
}

/** On as few lines, at most so many, as make it no wider than the cells below it. */
function headingOf(label: string, lines: number, room: number): string[] {
  const ways = Array.from({ length: lines }, (_, more) => broken(label, more + 1));
  return ways.find((way) => widest(way) <= room) ?? broken(label, lines);
}

/** A heading on so many lines at most, as narrow as they can be: cut at spaces, and behind the joints of a key. */
function broken(label: string, lines: number): string[] {
  if (lines === 1) return [label];
  const pieces = label.split(/(?<=[ ._])/);
  const ways = pieces.slice(1).map((_, at) => {
    const first = pieces.slice(0, at + 1).join('');
    return [first.trimEnd(), ...broken(pieces.slice(at + 1).join(''), lines - 1)];
  });
  return ways.reduce((best, way) => (widest(way) < widest(best) ? way : best), [label]);
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(columnsOf));
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
