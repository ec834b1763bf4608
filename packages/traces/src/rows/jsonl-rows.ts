/**
 * Lines of JSON → rows by key. Knows no format.
 */
import type { Place } from '../problem.ts';
import type { LineBatch } from '../text/lines.ts';
import { scanJson } from './json-scan.ts';
import { type Header, type Row, type RowHandler, type RowReader, shortened } from './row.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** Takes the keys of the first object as the column names of the file. */
export class JsonlRows implements RowReader {
  readonly #handler: RowHandler;
  #fields: readonly string[] | null = null;

  constructor(handler: RowHandler) {
    this.#handler = handler;
  }

  async read({ first, lines }: LineBatch): Promise<boolean> {
    for (let i = 0; i < lines.length; i++) {
      const raw = lines[i] ?? '';
      if (raw.trim() !== '' && !this.#line(raw, first + i)) return false;
    }
    return true;
  }

  async end(): Promise<boolean> {
    return true;
  }

  #line(raw: string, line: number): boolean {
    const value = parsed(raw);
    if (!isObject(value)) {
      this.#reject(raw, line, value);
      return true;
    }
    this.#fields ??= this.#handler.header(headerOf(value, raw, line));
    return this.#fields !== null && this.#handler.row(new JsonRow(line, raw, value, this.#fields));
  }

  #reject(raw: string, line: number, value: unknown): void {
    const broken = value === undefined;
    const { broken_at } = scanJson(raw);
    const at = broken ? (broken_at ?? indent(raw)) : indent(raw);
    const message = !broken
      ? 'this line is not a JSON object'
      : at === raw.length
        ? 'this line ends in the middle of a JSON object'
        : 'this line is not valid JSON from here on';
    const how = Array.isArray(value) && value.some(isObject) ? ", as jq -c '.[]' does" : '';
    this.#handler.problem({ line, column: at + 1 }, message, `Write one whole JSON object a line${how}.`);
  }
}

class JsonRow implements Row {
  readonly line: number;
  readonly #raw: string;
  readonly #value: JsonObject;
  readonly #fields: readonly string[];

  constructor(line: number, raw: string, value: JsonObject, fields: readonly string[]) {
    this.line = line;
    this.#raw = raw;
    this.#value = value;
    this.#fields = fields;
  }

  number(field: number): number {
    const value = this.#field(field);
    return typeof value === 'number' ? value : Number.NaN;
  }

  text(field: number): string {
    const value = this.#field(field);
    return typeof value === 'string' ? value : '';
  }

  word(field: number): string | undefined {
    const value = this.#field(field) ?? '';
    if (typeof value === 'string') return value.trim();
    return typeof value === 'number' ? String(value) : undefined;
  }

  list(field: number): readonly unknown[] | undefined {
    const value = this.#field(field);
    return Array.isArray(value) ? value : undefined;
  }

  shown(field: number): string {
    const value = this.#field(field);
    return value === undefined ? 'missing' : shortened(JSON.stringify(value));
  }

  place(field: number): Place {
    const entry = scanJson(this.#raw).entries.get(this.#fields[field] ?? '');
    return { line: this.line, column: (entry?.value_at ?? indent(this.#raw)) + 1 };
  }

  names(): readonly string[] {
    return Object.keys(this.#value);
  }

  #field(field: number): unknown {
    const name = this.#fields[field] ?? '';
    return Object.hasOwn(this.#value, name) ? this.#value[name] : undefined;
  }
}

function headerOf(value: JsonObject, raw: string, line: number): Header {
  return {
    names: Object.keys(value),
    place: (name) => ({
      line,
      column: (scanJson(raw).entries.get(name ?? '')?.key_at ?? indent(raw)) + 1,
    }),
  };
}

/** Spaces before the first character that is none. */
function indent(raw: string): number {
  return raw.length - raw.trimStart().length;
}

/** The value of a text, undefined when it is not JSON. */
function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
