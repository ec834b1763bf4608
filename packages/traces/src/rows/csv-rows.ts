/**
 * CSV records → rows by column name. Knows no format.
 */
import type { LineBatch } from '../text/lines.ts';
import { type CsvRecord, CsvRow, cellPlace } from './csv-record.ts';
import { CsvRecordReader, type CsvRecords } from './csv-records.ts';
import type { RowHandler, RowReader } from './row.ts';

/** Takes the first record as column names; every other must have as many cells. */
export class CsvRows implements RowReader {
  readonly #records = new CsvRecordReader();
  readonly #handler: RowHandler;
  #cell_of: readonly number[] | null = null;
  #width = 0;

  constructor(handler: RowHandler) {
    this.#handler = handler;
  }

  async read(batch: LineBatch): Promise<boolean> {
    return this.#take(await this.#records.read(batch));
  }

  async end(): Promise<boolean> {
    return this.#take(await this.#records.end());
  }

  #take({ records, broken }: CsvRecords): boolean {
    for (let i = 0; i < records.length; i++) {
      const record = records[i];
      if (record !== undefined && !isBlank(record) && !this.#record(record)) return false;
    }
    if (broken !== undefined) this.#handler.problem(broken.place, broken.message, broken.fix);
    return broken === undefined;
  }

  #record(record: CsvRecord): boolean {
    if (this.#cell_of === null) return this.#header(record);
    if (record.cells.length === this.#width) return this.#handler.row(new CsvRow(record, this.#cell_of));
    const place = cellPlace(record, Math.min(record.cells.length - 1, this.#width));
    const message = `this row has ${record.cells.length} cells, the header has ${this.#width}`;
    this.#handler.problem(place, message, 'Give every row one cell per column, and no thousands separators.');
    return true;
  }

  #header(record: CsvRecord): boolean {
    const names = record.cells.map((name) => name.trim());
    const place = (name: string | null) => cellPlace(record, name === null ? 0 : names.indexOf(name));
    const wanted = this.#handler.header({ names, place });
    if (wanted === null) return false;
    const twice = wanted.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
    if (twice !== undefined) {
      const second = cellPlace(record, names.lastIndexOf(twice));
      this.#handler.problem(second, `there are two columns ${twice}`, 'Rename or remove one of them.');
      return false;
    }
    this.#cell_of = wanted.map((name) => names.indexOf(name));
    this.#width = names.length;
    return true;
  }
}

function isBlank({ cells }: CsvRecord): boolean {
  return cells.length === 1 && (cells[0] ?? '').trim() === '';
}
