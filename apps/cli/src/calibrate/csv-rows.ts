/**
 * Measurements as CSV: a row for each request, or for each engine step. Columns are found by their names.
 * Knows no fit.
 */
import type { StepSums, TimedRequest } from '@llmsim/analysis';
import { CsvError, parse } from 'csv-parse/sync';
import { type Complaints, type Measured, wrongWith } from './measured.ts';

/** Columns by what they hold, with the names they may have. */
const REQUEST_COLUMNS = {
  prompt_tokens: ['prompt_tokens', 'input_tokens'],
  output_tokens: ['output_tokens'],
  first_token_s: ['first_token_s'],
  completed_s: ['completed_s', 'last_token_s'],
} as const;

const STEP_COLUMNS = {
  prefill_tokens: ['prefill_tokens'],
  decode_seqs: ['decode_seqs'],
  decode_context_tokens: ['decode_context_tokens'],
  seconds: ['seconds'],
} as const;

interface Row {
  /** From 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The rows of a file; null after a complaint. */
export function readCsvRows(text: string, complaints: Complaints): Measured | null {
  const [header, ...rows] = rowsOf(text, complaints);
  if (header === undefined) {
    if (complaints.lines.length === 0) complaints.add('', 'the file is empty');
    return null;
  }
  const names = header.cells.map((cell) => cell.trim());
  const requestColumns = found(names, REQUEST_COLUMNS);
  const stepColumns = found(names, STEP_COLUMNS);
  const measured =
    requestColumns !== null
      ? requestsOf(rows, requestColumns, names.indexOf('outcome'), complaints)
      : stepColumns !== null
        ? stepsOf(rows, { ...stepColumns, prefill_attention: names.indexOf('prefill_attention') }, complaints)
        : unknown(names, complaints);
  return complaints.lines.length > 0 ? null : measured;
}

function rowsOf(text: string, complaints: Complaints): Row[] {
  const rows: Row[] = [];
  try {
    parse(text, {
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      on_record: (cells: string[], { lines }) => {
        rows.push({ line: lines, cells });
        return null;
      },
    });
    return rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    complaints.add(typeof error.lines === 'number' ? String(error.lines) : '', error.message);
    return [];
  }
}

function found<Name extends string>(
  names: readonly string[],
  columns: Readonly<Record<Name, readonly string[]>>,
): Record<Name, number> | null;
function found(
  names: readonly string[],
  columns: Readonly<Record<string, readonly string[]>>,
): Record<string, number> | null {
  const places = Object.entries(columns).map(
    ([name, spellings]) => [name, names.findIndex((each) => spellings.includes(each))] as const,
  );
  return places.every(([, place]) => place >= 0) ? Object.fromEntries(places) : null;
}

function unknown(names: readonly string[], complaints: Complaints): null {
  const wanted = (columns: object): string => Object.keys(columns).join(', ');
  complaints.add(
    '1:1',
    `columns ${names.join(', ')} are neither those of requests (${wanted(REQUEST_COLUMNS)}) nor of steps (${wanted(STEP_COLUMNS)})`,
  );
  return null;
}

function requestsOf(
  rows: readonly Row[],
  columns: Record<keyof typeof REQUEST_COLUMNS, number>,
  outcome: number,
  complaints: Complaints,
): Measured {
  const done = rows.filter(({ cells }) => outcome < 0 || cells[outcome] === 'completed');
  const requests = done.flatMap((row): TimedRequest[] => {
    const request = numbersIn(row, columns, complaints);
    if (request === null) return [];
    const wrong = wrongWith(request);
    if (wrong === null) return [request];
    complaints.add(`${row.line}:1`, wrong);
    return [];
  });
  return { kind: 'requests', requests, left_out: rows.length - done.length };
}

function stepsOf(
  rows: readonly Row[],
  { prefill_attention, ...columns }: Record<keyof typeof STEP_COLUMNS | 'prefill_attention', number>,
  complaints: Complaints,
): Measured {
  const steps = rows.flatMap((row): StepSums[] => {
    const sums = numbersIn(row, columns, complaints);
    const attention =
      prefill_attention < 0 ? { prefill_attention: 0 } : numbersIn(row, { prefill_attention }, complaints);
    if (sums === null || attention === null) return [];
    if (sums.seconds > 0) return [{ steps: 1, ...sums, ...attention }];
    complaints.add(placeOf(row, columns.seconds), `a step takes more than 0 s, got ${sums.seconds}`);
    return [];
  });
  return { kind: 'steps', steps };
}

function numbersIn<Name extends string>(
  row: Row,
  columns: Readonly<Record<Name, number>>,
  complaints: Complaints,
): Record<Name, number> | null;
function numbersIn(
  row: Row,
  columns: Readonly<Record<string, number>>,
  complaints: Complaints,
): Record<string, number> | null {
  const values = Object.entries(columns).map(([name, column]) => {
    const text = row.cells[column]?.trim() ?? '';
    const value = text === '' ? Number.NaN : Number(text);
    if (!(value >= 0 && Number.isFinite(value))) {
      complaints.add(placeOf(row, column), `${name} must be a number of at least 0, got "${text}"`);
    }
    return [name, value] as const;
  });
  return values.every(([, value]) => value >= 0) ? Object.fromEntries(values) : null;
}

/** Line and column, as far as no cell before it was quoted. */
function placeOf({ line, cells }: Row, column: number): string {
  const before = cells.slice(0, column).reduce((sum, cell) => sum + cell.length + 1, 0);
  return `${line}:${before + 1}`;
}
