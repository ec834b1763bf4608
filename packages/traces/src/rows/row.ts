/**
 * One row of a file as the formats see it: fields by number, whatever the file holds them in.
 * Knows no format and no units.
 */
import type { Place } from '../problem.ts';
import type { LineBatch } from '../text/lines.ts';

/** Where the fields of a format stand in `TraceFormat.columns` and in a row. */
export const ARRIVAL = 0;
export const PROMPT = 1;
export const OUTPUT = 2;
export const HASH_IDS = 3;

export interface Row {
  readonly line: number;
  /** The number in a field; NaN when there is none. */
  number(field: number): number;
  /** The text in a field; empty when there is none. */
  text(field: number): string;
  /** A name in a field, be it text or a number; empty when there is none, undefined when it is neither. */
  word(field: number): string | undefined;
  /** The list in a field; undefined when there is none. */
  list(field: number): readonly unknown[] | undefined;
  /** The field as the file has it, shortened, for a message. */
  shown(field: number): string;
  place(field: number): Place;
  /** The names that this row itself brings; none where a header does. */
  names(): readonly string[];
}

/** The column names of a file. */
export interface Header {
  readonly names: readonly string[];
  /** Where a name stands; null: the first one. */
  place(name: string | null): Place;
}

/** What a reader of rows reports to. */
export interface RowHandler {
  /** The column names of the file, once, before any row. Returns the fields to read by number, or null to stop. */
  header(header: Header): readonly string[] | null;
  /** Takes a row; false means enough. */
  row(row: Row): boolean;
  problem(place: Place, message: string, fix: string): void;
}

/** Reads rows out of lines. Both methods return false when there is nothing more to read. */
export interface RowReader {
  read(batch: LineBatch): Promise<boolean>;
  end(): Promise<boolean>;
}

/** A text short enough for a message. */
export function shortened(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}
