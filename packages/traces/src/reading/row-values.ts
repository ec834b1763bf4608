/**
 * The values of one row, or the problems with them. Knows no files and no order of rows.
 */
import { fieldNames, type TraceFormat } from '../formats/format.ts';
import { nearestName } from '../formats/nearest.ts';
import { ARRIVAL, HASH_IDS, OUTPUT, PROMPT, type Row, type RowHandler } from '../rows/row.ts';

/** Times beyond this are no times of a trace, but for example milliseconds taken for seconds. */
export const MOST_SECONDS = 1e11;
/** Token counts and ids are kept in 32 bits. */
const MOST = 2 ** 31 - 1;

const CORRECT = 'Correct the value or remove the row.';
const NONE: readonly number[] = [];

/** Reads the fields of rows of one format and reports what is wrong with them. */
export class RowValues {
  readonly #format: TraceFormat;
  readonly #names: readonly string[];
  /** The field of the session, −1 in formats without. */
  readonly #session: number;
  readonly #sessions = new Map<string, number>();
  readonly #clock: (row: Row) => number;
  readonly #report: RowHandler['problem'];

  constructor(format: TraceFormat, report: RowHandler['problem']) {
    this.#format = format;
    this.#names = fieldNames(format);
    this.#session = this.#names.indexOf(format.columns.session ?? '');
    this.#clock = format.time.reader();
    this.#report = report;
  }

  /** Seconds; NaN after reporting a problem. */
  arrival(row: Row): number {
    const { rule, absolute } = this.#format.time;
    const time = this.#clock(row);
    if ((time >= 0 || absolute) && Math.abs(time) <= MOST_SECONDS) return time;
    if (time > MOST_SECONDS) {
      const message = `${this.#names[ARRIVAL]} ${row.shown(ARRIVAL)} is more than ${MOST_SECONDS} s`;
      this.#report(row.place(ARRIVAL), message, 'Check the unit of the times.');
    } else this.#wrong(row, ARRIVAL, rule);
    return Number.NaN;
  }

  promptTokens(row: Row): number {
    return this.#tokens(row, PROMPT, 1);
  }

  /** 0 only where that stands for a failed request. */
  outputTokens(row: Row): number {
    return this.#tokens(row, OUTPUT, this.#format.zero_output_is_failure === true ? 0 : 1);
  }

  /** The ids of a row; none when it has none, and none after reporting a problem. */
  hashIds(row: Row): readonly number[] {
    const column = this.#format.columns.hash_ids;
    if (column === undefined) return NONE;
    const list = row.list(HASH_IDS);
    if (list?.every(isId)) return list;
    if (list !== undefined || row.shown(HASH_IDS) !== 'missing') {
      const message = `${column.name} must be a list of whole numbers from 0 to ${MOST}`;
      this.#report(row.place(HASH_IDS), message, 'Renumber the blocks from 0.');
    }
    return NONE;
  }

  /** The number of the row's session, in order of appearance; −1 when it says none. */
  session(row: Row): number {
    if (this.#session < 0) return -1;
    const written = row.word(this.#session);
    if (written === undefined) {
      this.#wrong(row, this.#session, 'a text or a number');
      return -1;
    }
    if (written === '') return -1;
    const known = this.#sessions.get(written) ?? this.#sessions.size;
    this.#sessions.set(written, known);
    return known;
  }

  #tokens(row: Row, field: number, least: number): number {
    const tokens = row.number(field);
    if (Number.isInteger(tokens) && tokens >= least && tokens <= MOST) return tokens;
    if (tokens > MOST) {
      this.#report(row.place(field), `${this.#names[field]} is more than ${MOST} tokens`, CORRECT);
    } else this.#wrong(row, field, `a whole number of at least ${least}`);
    return Number.NaN;
  }

  #wrong(row: Row, field: number, rule: string): void {
    const name = this.#names[field] ?? '';
    const shown = row.shown(field);
    const written = shown === 'missing' ? nearestName(name, row.names()) : null;
    const fix = written === null ? CORRECT : `Rename ${written.name} to ${name}.`;
    this.#report(row.place(field), `${name} must be ${rule}, not ${shown}`, fix);
  }
}

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST;
}
