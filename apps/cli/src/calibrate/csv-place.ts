/** Where a cell stands in a CSV file, and what a broken quote is called. Knows no columns. */
import type { CsvError } from 'csv-parse';

/** A record as the file has it. */
export interface RawRecord {
  /** On which it begins, from 1. */
  readonly line: number;
  readonly raw: string;
}

/** `line:column` of a cell, counted from 0. */
export function cellPlace({ line, raw }: RawRecord, cell: number): string {
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
  return `${line + lines}:${column}`;
}

/** What is wrong and the way out. */
export function explained({ code }: CsvError): string {
  return code === 'CSV_QUOTE_NOT_CLOSED'
    ? 'a quote opens here and never closes. Close it, or remove it.'
    : 'a quote stands where none may. Quote the whole cell and double each quote inside it, or remove the quotes.';
}
