/**
 * Lines → CSV records (RFC 4180). Lines without quotes are their cells between commas; a stretch with quotes goes
 * to csv-parse, which is loaded only then. Knows no header.
 */
import type { Place } from '../problem.ts';
import type { LineBatch } from '../text/lines.ts';
import { type CsvRecord, cellPlace } from './csv-record.ts';

/** Records, and what stopped the parsing after the last of them. */
export interface CsvRecords {
  readonly records: readonly CsvRecord[];
  readonly broken?: { readonly place: Place; readonly message: string; readonly fix: string };
}

/** Characters after which a quote that is still open counts as never closed. */
const LONGEST_RECORD = 1_048_576;

/** Holds the lines of a record whose quoted cell is still open at the end of a batch. */
export class CsvRecordReader {
  #open: readonly string[] = [];
  #next = 1;

  /** The records that are complete with these lines. */
  async read({ first, lines }: LineBatch): Promise<CsvRecords> {
    if (this.#open.length === 0 && !lines.some(hasQuote)) {
      return { records: lines.map((raw, i) => ({ line: first + i, cells: raw.split(','), raw })) };
    }
    const start = first - this.#open.length;
    const all = [...this.#open, ...lines];
    this.#next = start + all.length;
    const complete = completeLines(all);
    this.#open = all.slice(complete);
    if (this.#open.reduce((sum, line) => sum + line.length, 0) <= LONGEST_RECORD) {
      return parseQuoted(all.slice(0, complete), start);
    }
    this.#open = [];
    return parseQuoted(all, start);
  }

  /** What is left when the file ends. */
  async end(): Promise<CsvRecords> {
    return parseQuoted(this.#open, this.#next - this.#open.length);
  }
}

function hasQuote(line: string): boolean {
  return line.includes('"');
}

/** How many of the lines stand before the last record that is still open: quotes pair up inside a record. */
function completeLines(lines: readonly string[]): number {
  let complete = 0;
  let open = false;
  for (let i = 0; i < lines.length; i++) {
    const quotes = (lines[i] ?? '').split('"').length - 1;
    if (quotes % 2 === 1) open = !open;
    if (!open) complete = i + 1;
  }
  return complete;
}

const OPTIONS = { record_delimiter: '\n', relax_column_count: true, skip_empty_lines: false };

async function parseQuoted(lines: readonly string[], first: number): Promise<CsvRecords> {
  if (lines.length === 0) return { records: [] };
  // The build for browsers brings its own Buffer and runs in Node as well.
  const { CsvError, parse } = await import('csv-parse/browser/esm/sync');
  const text = lines.join('\n');
  try {
    return { records: placed(parse(text, OPTIONS), lines, first).records };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const intact = Number(error.records);
    const cells = intact === 0 ? [] : parse(text, { ...OPTIONS, to: intact });
    const { records, next } = placed(cells, lines, first);
    const failing = { line: first + next, raw: lines.slice(next).join('\n') };
    const place = cellPlace(failing, Number(error.index));
    return { records, broken: { place, ...explained(error.code) } };
  }
}

/** Gives each record its line: it takes one, and one more for every line end inside its cells. */
function placed(
  parsed: readonly (readonly string[])[],
  lines: readonly string[],
  first: number,
): { records: CsvRecord[]; next: number } {
  let next = 0;
  const records = parsed.map((cells) => {
    const start = next;
    next += cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 1);
    return { line: first + start, cells, raw: lines.slice(start, next).join('\n') };
  });
  return { records, next };
}

function explained(code: string): { message: string; fix: string } {
  return code === 'CSV_QUOTE_NOT_CLOSED'
    ? { message: 'a quote opens here and never closes', fix: 'Close it, or remove it.' }
    : {
        message: 'a quote stands where none may',
        fix: 'Quote the whole cell and double each quote inside it, or remove the quotes.',
      };
}
