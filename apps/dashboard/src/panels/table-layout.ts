/**
 * A TableSpec as rows to draw: turned on its side where that makes it narrower. Knows no quantity and no markup.
 */
import type { TableCell, TableSpec } from '@llmsim/analysis';

/** Columns that fit a narrow page. */
const FIT = 5;

/** A name, of a row or of a column. */
interface Heading {
  readonly text: string;
}

interface LaidOutCell extends TableCell {
  /** The name of the quantity in files. */
  readonly key: string;
}

export interface TableLayout {
  readonly head: readonly Heading[];
  readonly body: readonly { readonly label: Heading; readonly cells: readonly LaidOutCell[] }[];
}

export interface Term {
  readonly text: string;
  readonly definition: string;
}

/**
 * What stands where. Names in the first column head the rows, or the columns of a table that lies on its side; a
 * table of one row without a name has its columns as rows.
 */
export function layOut(spec: TableSpec): TableLayout {
  const columns = spec.columns.map(({ label }) => ({ text: label }));
  const rows = spec.rows.map((cells) =>
    cells.map((cell, column) => ({ ...cell, key: spec.columns[column]?.key ?? '' })),
  );
  if (!hasNames(spec) && rows.length === 1)
    return onItsSide([{ text: 'quantity' }, ...columns], rows.map(withName('value')));
  if (hasNames(spec) && columns.length > Math.max(rows.length + 1, FIT)) return onItsSide(columns, rows);
  const body = rows.flatMap(([label, ...cells]) => (label === undefined ? [] : [{ label, cells }]));
  return { head: columns, body };
}

/** Headings that have a definition, in the order of the table; what is meant twice by one name stands twice. */
export function termsOf({ columns, rows }: TableSpec): readonly Term[] {
  const terms: Term[] = [];
  const headings = [
    ...columns.map(({ label, definition }) => ({ text: label, definition })),
    ...rows.flatMap(([first]) => first ?? []),
  ];
  for (const { text, definition } of headings) {
    const known = terms.some((term) => term.text === text && term.definition === definition);
    if (definition !== undefined && !known) terms.push({ text, definition });
  }
  return terms;
}

function hasNames({ columns: [first] }: TableSpec): boolean {
  return first !== undefined && first.unit === undefined;
}

function withName(text: string): (cells: readonly LaidOutCell[]) => LaidOutCell[] {
  return (cells) => [{ key: '', value: text, text }, ...cells];
}

function onItsSide(columns: readonly Heading[], rows: readonly (readonly LaidOutCell[])[]): TableLayout {
  const [corner = { text: '' }, ...labels] = columns;
  return {
    head: [corner, ...rows.flatMap(([first]) => first ?? [])],
    body: labels.map((label, index) => ({ label, cells: rows.flatMap((cells) => cells[index + 1] ?? []) })),
  };
}
