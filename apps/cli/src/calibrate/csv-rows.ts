/**
 * Measurements as CSV: a row for each request, or for each engine step. Knows no columns and no fit.
 */
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import type { Watch } from '../terminal/watched-work.ts';
import { type Table, tableWith } from './csv-tables.ts';
import type { Complaints, Measured } from './measured.ts';

/** Characters between two looks at who wants to end it. */
const PIECE = 1 << 16;

/** The rows of a file; null after a complaint. */
export async function readCsvRows(
  text: string,
  complaints: Complaints,
  watch: Watch,
): Promise<Measured | null> {
  let table: Table | null | undefined;
  const rows = parse({
    bom: true,
    skip_empty_lines: true,
    relax_column_count: true,
    on_record: (cells: string[], { lines: line }) => {
      if (table !== undefined) table?.take({ line, cells });
      else
        table = tableWith(
          cells.map((cell) => cell.trim()),
          complaints,
        );
      return null;
    },
  });
  try {
    await pipeline(piecesOf(text, watch), rows.resume());
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    complaints.add(typeof error.lines === 'number' ? String(error.lines) : '', error.message);
  }
  if (table === undefined && complaints.lines.length === 0) complaints.add('', 'the file is empty');
  return complaints.lines.length > 0 ? null : (table?.measured() ?? null);
}

async function* piecesOf(text: string, { update, pause }: Watch): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += PIECE) {
    yield text.slice(at, at + PIECE);
    update(at);
    await pause();
  }
}
