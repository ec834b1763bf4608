/**
 * Measurements as CSV: a row for each request, or for each engine step. Knows no columns and no fit.
 */
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { notText } from '../files/not-text.ts';
import type { Watch } from '../terminal/watched-work.ts';
import { explained, placeOf } from './csv-place.ts';
import { type Table, tableWith } from './csv-tables.ts';
import type { Complaints, Measured } from './measured.ts';

/** Characters between two looks at who wants to end it. */
const PIECE = 1 << 16;

const ONE_A_COLUMN = 'Give every row one cell per column, and no thousands separators.';

/** What csv-parse gives with `raw`. */
interface Parsed {
  readonly record: readonly string[];
  readonly raw: string;
}

/** The rows of a file; null after a complaint. */
export async function readCsvRows(
  text: string,
  complaints: Complaints,
  watch: Watch,
): Promise<Measured | null> {
  const refused = notText(text);
  if (refused !== null) complaints.add('1:1', refused);
  else if (text.trim() === '') complaints.add('1:1', 'the file is empty. Give one with measurements.');
  if (complaints.lines.length > 0) return null;
  let table: Table | null | undefined;
  let width = 0;
  /** The line on which the last record ended. */
  let last = 0;
  const rows = parse({
    raw: true,
    skip_empty_lines: true,
    relax_column_count: true,
    on_record: (given: unknown, { lines }) => {
      if (!isParsed(given)) throw new TypeError('csv-parse gives records with their raw text');
      const { record: cells } = given;
      const raw = given.raw.replace(/^[\r\n]+|[\r\n]+$/g, '');
      const row = { line: lines - raw.split('\n').length + 1, raw, cells };
      last = lines;
      if (table === undefined) {
        table = tableWith(row, complaints);
        width = cells.length;
      } else if (cells.length === width) table?.take(row);
      else if (table !== null) {
        const place = placeOf(row, Math.min(cells.length - 1, width));
        complaints.add(place, `this row has ${cells.length} cells, the header has ${width}. ${ONE_A_COLUMN}`);
      }
      return null;
    },
  });
  try {
    await pipeline(piecesOf(text, watch), rows.resume());
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const broken = recordAfter(text, last);
    complaints.add(placeOf(broken, Number(error.column)), explained(error));
  }
  return complaints.lines.length > 0 ? null : (table?.measured() ?? null);
}

function isParsed(given: unknown): given is Parsed {
  return typeof given === 'object' && given !== null && 'raw' in given && 'record' in given;
}

async function* piecesOf(text: string, { update, pause }: Watch): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += PIECE) {
    yield text.slice(at, at + PIECE);
    update(at);
    await pause();
  }
}

/** The rest of a text below a line, from the first one that is not empty. */
function recordAfter(text: string, last: number): { readonly line: number; readonly raw: string } {
  const lines = text.split('\n');
  let line = last;
  while (lines[line]?.trim() === '') line++;
  return { line: line + 1, raw: lines.slice(line).join('\n') };
}
