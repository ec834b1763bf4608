/** Where a cell stands in a CSV file, and what a broken quote is called. Knows no columns. */
import { cellPlace } from '@llmsim/traces';
import type { CsvError } from 'csv-parse';

/** A record as the file has it. */
export interface RawRecord {
  /** On which it begins, from 1. */
  readonly line: number;
  readonly raw: string;
}

/** `line:column` of a cell, counted from 0. */
export function placeOf(record: RawRecord, cell: number): string {
  const { line, column } = cellPlace(record, cell);
  return `${line}:${column}`;
}

/** What is wrong and the way out. */
export function explained({ code }: CsvError): string {
  return code === 'CSV_QUOTE_NOT_CLOSED'
    ? 'a quote opens here and never closes. Close it, or remove it.'
    : 'a quote stands where none may. Quote the whole cell and double each quote inside it, or remove the quotes.';
}
