/**
 * One trace file while it is read: lines in, columns or problems out. Knows no bytes and does no shaping.
 */
import { ColumnBuilder } from '../columns/trace-columns.ts';
import { chooseFormat } from '../formats/choose.ts';
import { fieldNames, type TraceFormat } from '../formats/format.ts';
import { type Place, ProblemList } from '../problem.ts';
import { CsvRows } from '../rows/csv-rows.ts';
import { JsonlRows } from '../rows/jsonl-rows.ts';
import { ARRIVAL, type Header, type Row, type RowHandler, type RowReader } from '../rows/row.ts';
import { type LineBatch, LONGEST_LINE } from '../text/lines.ts';
import { describeNotText, firstNotText } from '../text/not-text.ts';
import { RowValues } from './row-values.ts';

/** What decides which rows are taken while reading. */
export interface RowWishes {
  readonly format: TraceFormat | null;
  /** Rows may stand in any order. */
  readonly any_order: boolean;
  readonly keep_hash_ids: boolean;
  /** Stop after so many requests that arrive at or after `start_s`. */
  readonly enough: { readonly count: number; readonly start_s: number };
}

export class TraceFile implements RowHandler {
  readonly problems: ProblemList;
  readonly builder: ColumnBuilder = new ColumnBuilder();
  format: TraceFormat | null = null;
  /** Rows skipped because they stand for failed requests. */
  failed = 0;
  /** The last line that was read. */
  last_line = 0;

  readonly #wishes: RowWishes;
  #reader: RowReader | null = null;
  #values: RowValues | null = null;
  #previous_s = Number.NEGATIVE_INFINITY;
  #kept = 0;

  constructor(file: string, wishes: RowWishes) {
    this.problems = new ProblemList(file);
    this.#wishes = wishes;
  }

  /** Takes lines; false when nothing more is wanted. */
  async read({ first, lines, endless }: LineBatch): Promise<boolean> {
    const binary = lines.findIndex((line) => firstNotText(line) >= 0);
    const text = binary < 0 ? lines : lines.slice(0, binary);
    this.last_line = first + text.length - 1;
    if (endless === true && binary < 0) {
      const message = `this line is longer than ${LONGEST_LINE} characters`;
      this.problem({ line: this.last_line, column: 1 }, message, 'Give a trace with one request a line.');
      return false;
    }
    this.#reader ??= this.#readerFor(text);
    if (this.#reader !== null && !(await this.#reader.read({ first, lines: text }))) return false;
    if (binary >= 0) this.#refuse(lines[binary] ?? '', first + binary);
    return binary < 0;
  }

  /** Takes what was held back; call once, unless reading stopped. */
  async end(): Promise<void> {
    await this.#reader?.end();
  }

  /** JSON lines start with a brace; CSV starts with a name. */
  #readerFor(lines: readonly string[]): RowReader | null {
    const start = lines.find((line) => line.trim() !== '')?.trimStart();
    if (start === undefined) return null;
    return start.startsWith('{') || start.startsWith('[') ? new JsonlRows(this) : new CsvRows(this);
  }

  header({ names, place }: Header): readonly string[] | null {
    const container = this.#reader instanceof CsvRows ? 'csv' : 'jsonl';
    const choice = chooseFormat(names, container, this.#wishes.format);
    if ('message' in choice) {
      this.problem(place(choice.at), choice.message, choice.fix);
      return null;
    }
    this.format = choice;
    this.#values = new RowValues(choice, (place, message, fix) => this.problem(place, message, fix));
    return fieldNames(choice);
  }

  row(row: Row): boolean {
    if (this.#values === null) return false;
    const arrival_s = this.#values.arrival(row);
    const prompt_tokens = this.#values.promptTokens(row);
    const output_tokens = this.#values.outputTokens(row);
    const session = this.#values.session(row);
    const hash_ids = this.#wishes.keep_hash_ids ? this.#values.hashIds(row) : [];
    this.#checkOrder(row, arrival_s);
    if (output_tokens === 0) this.failed++;
    else if (this.problems.none)
      this.builder.push({ arrival_s, prompt_tokens, output_tokens, session, hash_ids });
    if (output_tokens > 0 && arrival_s >= this.#wishes.enough.start_s) this.#kept++;
    return this.#kept < this.#wishes.enough.count;
  }

  problem(place: Place, message: string, fix: string): void {
    this.problems.add(place, message, fix);
  }

  #checkOrder(row: Row, arrival_s: number): void {
    if (Number.isNaN(arrival_s)) return;
    if (arrival_s < this.#previous_s && !this.#wishes.any_order) {
      const message = `this request arrives ${late(this.#previous_s - arrival_s)} before the one above it`;
      this.problem(
        row.place(ARRIVAL),
        message,
        'Sort the rows by time, as llmsim trace convert --sort does.',
      );
    }
    this.#previous_s = arrival_s;
  }

  #refuse(line: string, number: number): void {
    const place = { line: number, column: firstNotText(line) + 1 };
    const { what, fix } = describeNotText(number === 1 ? line : '');
    this.problem(place, `this is ${what}`, fix);
  }
}

function late(seconds: number): string {
  return `${Number(seconds.toPrecision(6))} s`;
}
