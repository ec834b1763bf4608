/**
 * Rows of cells that are requests or engine steps, by the names of their columns. Knows no files and no fit.
 */
import type { StepSums, TimedRequest } from '@llmsim/analysis';
import { placeOf, type RawRecord } from './csv-place.ts';
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

/** Names that are read, each of which may stand for one column. */
const READ: ReadonlySet<string> = new Set([
  ...Object.values({ ...REQUEST_COLUMNS, ...STEP_COLUMNS }).flat(),
  'prefill_attention',
  'outcome',
]);

const CORRECT = 'Correct the value or remove the row.';

interface Row extends RawRecord {
  readonly cells: readonly string[];
}

/** Takes the rows of a table one by one. */
export interface Table {
  take(row: Row): void;
  /** What they gave. */
  measured(): Measured;
}

/** Decimal notation and nothing else: no hexadecimal, no Infinity. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The table under this header; null after a complaint. */
export function tableWith(header: Row, complaints: Complaints): Table | null {
  const names = header.cells.map((cell) => cell.trim());
  const twice = names.findIndex((name, index) => READ.has(name) && names.indexOf(name) < index);
  if (twice >= 0) {
    const message = `there are two columns ${names[twice]}. Rename or remove one of them.`;
    complaints.add(placeOf(header, twice), message);
    return null;
  }
  const requests = found(names, REQUEST_COLUMNS);
  if (requests !== null) return requestTable(requests, names.indexOf('outcome'), complaints);
  const steps = found(names, STEP_COLUMNS);
  const prefill_attention = names.indexOf('prefill_attention');
  if (steps !== null) return stepTable({ ...steps, prefill_attention }, complaints);
  const wanted = (columns: object): string => Object.keys(columns).join(',');
  complaints.add(
    placeOf(header, 0),
    names.length === 1 && /[;\t]/.test(names[0] ?? '')
      ? 'the columns are not separated by commas. Separate them by commas.'
      : `the columns are neither those of requests nor of steps. Name them ${wanted(REQUEST_COLUMNS)} or ${wanted(STEP_COLUMNS)}.`,
  );
  return null;
}

function requestTable(
  columns: Record<keyof typeof REQUEST_COLUMNS, number>,
  outcome: number,
  complaints: Complaints,
): Table {
  const requests: TimedRequest[] = [];
  let left_out = 0;
  return {
    take(row) {
      if (outcome >= 0 && row.cells[outcome] !== 'completed') {
        left_out++;
        return;
      }
      const request = numbersIn(row, columns, complaints);
      if (request === null) return;
      const wrong = wrongWith(request);
      if (wrong === null) requests.push(request);
      else complaints.add(placeOf(row, 0), `${wrong}. ${CORRECT}`);
    },
    measured: () => ({ kind: 'requests', requests, left_out }),
  };
}

function stepTable(
  { prefill_attention, ...columns }: Record<keyof typeof STEP_COLUMNS | 'prefill_attention', number>,
  complaints: Complaints,
): Table {
  const steps: StepSums[] = [];
  return {
    take(row) {
      const sums = numbersIn(row, columns, complaints);
      const attention =
        prefill_attention < 0 ? { prefill_attention: 0 } : numbersIn(row, { prefill_attention }, complaints);
      if (sums === null || attention === null) return;
      if (sums.seconds > 0) steps.push({ steps: 1, ...sums, ...attention });
      else
        complaints.add(
          placeOf(row, columns.seconds),
          `a step takes more than 0 s, got ${sums.seconds}. ${CORRECT}`,
        );
    },
    measured: () => ({ kind: 'steps', steps }),
  };
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
  const values: Record<string, number> = {};
  let right = true;
  for (const name in columns) {
    const column = columns[name] ?? -1;
    const text = row.cells[column]?.trim() ?? '';
    const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
    values[name] = value;
    if (value >= 0 && Number.isFinite(value)) continue;
    const got = text === '' ? 'nothing' : `"${shown(text)}"`;
    complaints.add(placeOf(row, column), `${name} must be a number of at least 0, got ${got}. ${CORRECT}`);
    right = false;
  }
  return right ? values : null;
}

function shown(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}
