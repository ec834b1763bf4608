/**
 * One record of a CSV file: its cells, and where each of them stands in the file. Knows no columns' meaning.
 */
import type { Place } from '../problem.ts';
import { type Row, shortened } from './row.ts';

export interface CsvRecord {
  /** Line on which the record starts. */
  readonly line: number;
  readonly cells: readonly string[];
  /** The record as the file has it; several lines when a quoted cell holds line ends. */
  readonly raw: string;
}

/** Decimal notation and nothing else: no hexadecimal, no Infinity, no empty cell. */
const DECIMAL = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

/** A record with its cells under the numbers of fields: `cell_of[field]` is the cell. */
export class CsvRow implements Row {
  readonly line: number;
  readonly #record: CsvRecord;
  readonly #cell_of: readonly number[];

  constructor(record: CsvRecord, cell_of: readonly number[]) {
    this.line = record.line;
    this.#record = record;
    this.#cell_of = cell_of;
  }

  text(field: number): string {
    return this.#record.cells[this.#cell_of[field] ?? -1] ?? '';
  }

  number(field: number): number {
    const text = this.text(field);
    return DECIMAL.test(text) ? Number(text) : Number.NaN;
  }

  word(field: number): string {
    return this.text(field).trim();
  }

  list(): undefined {
    return undefined;
  }

  shown(field: number): string {
    const text = this.text(field).trim();
    return text === '' ? 'empty' : JSON.stringify(shortened(text));
  }

  names(): readonly string[] {
    return [];
  }

  place(field: number): Place {
    return cellPlace(this.#record, this.#cell_of[field] ?? 0);
  }
}

/**
 * Where a cell of a record starts, line and column from 1, also behind quoted commas and line ends.
 *
 * @param record - the line on which it starts, and the record as the file has it
 * @param cell - counted from 0
 * @example
 * cellPlace({ line: 2, raw: '"a,b",5' }, 1); // { line: 2, column: 7 }
 */
export function cellPlace(
  { line, raw }: { readonly line: number; readonly raw: string },
  cell: number,
): Place {
  let at = 0;
  let quoted = false;
  let lines = 0;
  let column = 1;
  for (let i = 0; i < raw.length && at < cell; i++) {
    const character = raw[i];
    column++;
    if (character === '"') quoted = !quoted;
    else if (character === ',' && !quoted) at++;
    else if (character === '\n') {
      lines++;
      column = 1;
    }
  }
  return { line: line + lines, column };
}
