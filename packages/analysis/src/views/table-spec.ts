/**
 * What a table is: plain values with their text, the same for a terminal, a page and a file.
 * Knows no metric and no medium.
 */
import { definitions } from './definitions.ts';
import { formatQuantity, NO_VALUE, type Unit } from './format.ts';
import type { TermName } from './terms.ts';

export interface TableColumn {
  /** The name of the quantity in files, with its unit. */
  readonly key: string;
  /** The heading for people. */
  readonly label: string;
  /** Unit of the cells' values; their texts carry their own. Absent: words, or a unit that differs by row. */
  readonly unit?: Unit;
  readonly align: 'left' | 'right';
  /** May be left out where there is no room for all columns. */
  readonly detail?: true;
  /** One sentence for help. */
  readonly definition: string;
}

export interface TableCell {
  /** For files and sorting; null where there is no number. */
  readonly value: number | string | null;
  /** For people. */
  readonly text: string;
  /** One sentence for help, on cells that name something. */
  readonly definition?: string;
}

export interface TableSpec {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly TableColumn[];
  /** Cells in the order of the columns. */
  readonly rows: readonly (readonly TableCell[])[];
  /** What a reader of the numbers must know, as sentences. */
  readonly notes: readonly string[];
}

/** A column of words under the label and definition of a term. */
export function wordColumn(key: string, term: TermName): TableColumn {
  const { label, definition } = definitions[term];
  return { key, label, align: 'left', definition };
}

/** A column of numbers under the label and definition of a term. */
export function numberColumn(key: string, term: TermName, unit: Unit): TableColumn {
  const { label, definition } = definitions[term];
  return { key, label, unit, align: 'right', definition };
}

/** A cell that names a term. */
export function termCell(term: TermName): TableCell {
  const { label, definition } = definitions[term];
  return { value: term, text: label, definition };
}

/** A cell of words. */
export function wordCell(text: string): TableCell {
  return { value: text, text };
}

/** A cell with a number, or with none. */
export function numberCell(value: number | null, unit: Unit): TableCell {
  const text = formatQuantity(value, unit);
  return { value: text === NO_VALUE ? null : value, text };
}
