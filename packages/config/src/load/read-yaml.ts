/**
 * Text → tree of fields with their places, and every mistake of syntax. Any text at all gets an answer, never an
 * exception. Knows no schema.
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import type { Problem } from '../problem.ts';
import { type Field, type Fields, LIST, type Origin } from './fields.ts';
import { HARMLESS, wordsOf } from './yaml-errors.ts';

/** Longest text read: a scenario takes a few thousand characters. */
export const MOST_CHARACTERS = 250_000;
/** Most fields after aliases are written out. */
const MOST_FIELDS = 2_000;
const DEEPEST = 16;
const MOST_SYNTAX_PROBLEMS = 10;

/** What stands in a text: its fields as far as they can be told, and its mistakes. */
export interface ReadText {
  readonly fields: Fields;
  readonly problems: readonly Problem[];
  /** False when the fields mean nothing, so that checking them would only add noise. */
  readonly usable: boolean;
}

export function readYaml(text: string, file: string): ReadText {
  const at = (line: number, column: number, message: string, fix: string): Problem => {
    return { file, line, column, flag: null, path: '', message, fix };
  };
  const useless = (...problems: Problem[]): ReadText => ({ fields: new Map(), problems, usable: false });
  if (text.length > MOST_CHARACTERS) {
    const length = `the file has ${text.length} characters, more than ${MOST_CHARACTERS}`;
    return useless(at(1, 1, length, 'Is this a scenario? A trace goes into trace: {path: …} or --trace.'));
  }
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const lines = new LineCounter();
  const place = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(Math.min(offset, source.length));
    return line === 0 ? { line: 1, column: 1 } : { line, column: col };
  };

  let document: Document.Parsed;
  try {
    document = parseDocument(source, {
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
      schema: 'core',
      resolveKnownTags: false,
      logLevel: 'silent',
    });
  } catch {
    return useless(
      at(1, 1, 'the file cannot be read as YAML', 'Is this a scenario? Start from llmsim init.'),
    );
  }

  const syntax = firstAtEachPlace(
    [...document.errors, ...document.warnings].map((error: YAMLError) => {
      const { line, column } = place(error.pos[0]);
      const { message, fix } = wordsOf(error, source.slice(error.pos[0]));
      return at(line, column, message, fix);
    }),
  );
  if (document.errors.some(({ code }) => !HARMLESS.has(code))) return useless(...syntax);

  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) {
    const fix = 'Write at least mode: mono, or start from llmsim init; every other key has a default.';
    return useless(...syntax, at(1, 1, 'the file is empty', fix));
  }
  if (!isMap(root)) {
    const { line, column } = place(root.range[0]);
    const message = `a scenario is a mapping of keys, and this is ${isSeq(root) ? LIST : 'a single value'}`;
    return useless(...syntax, at(line, column, message, 'Write key: value lines, such as mode: mono.'));
  }
  const reader = new FieldReader(document, (offset) => ({ kind: 'file', ...place(offset) }));
  const fields = reader.mapping(root, 1);
  for (const offset of reader.danglingAliases) {
    const { line, column } = place(offset);
    syntax.push(
      at(
        line,
        column,
        'the alias has no anchor before it',
        'Write the value out, or define &name above *name.',
      ),
    );
  }
  if (!reader.exhausted) return { fields, problems: syntax, usable: reader.danglingAliases.length === 0 };
  const bomb = `the file means more than ${MOST_FIELDS} fields once its aliases are written out`;
  return useless(...syntax, at(1, 1, bomb, 'Write the values out instead of *aliases.'));
}

/** Walks the parser's nodes, writing aliases out within a budget. */
class FieldReader {
  readonly #document: Document.Parsed;
  readonly #origin: (offset: number) => Origin;
  #read = 0;
  exhausted = false;
  /** Where an alias stands whose anchor does not. */
  readonly danglingAliases: number[] = [];

  constructor(document: Document.Parsed, origin: (offset: number) => Origin) {
    this.#document = document;
    this.#origin = origin;
  }

  mapping(map: YAMLMap, depth: number): Fields {
    const fields = new Map<string, Field>();
    for (const { key, value } of map.items) {
      if (++this.#read > MOST_FIELDS || depth > DEEPEST) this.exhausted = true;
      if (this.exhausted) break;
      if (!isScalar(key)) continue;
      const name = String(key.value);
      // Of two equal keys, reported already, the first one counts.
      if (fields.has(name)) continue;
      const keyOffset = key.range?.[0] ?? 0;
      fields.set(name, this.#field(value as Node | null, keyOffset, depth));
    }
    return fields;
  }

  #field(node: Node | null, keyOffset: number, depth: number): Field {
    const key = this.#origin(keyOffset);
    // A value left out stands nowhere: its key is the place to look.
    const value = this.#origin(node === null || isEmpty(node) ? keyOffset : (node.range?.[0] ?? keyOffset));
    const target = isAlias(node) ? node.resolve(this.#document) : node;
    if (isAlias(node) && target === undefined) this.danglingAliases.push(node.range?.[0] ?? keyOffset);
    if (isMap(target))
      return { key, value, scalar: null, list: false, fields: this.mapping(target, depth + 1) };
    if (isSeq(target)) return { key, value, scalar: LIST, list: true, fields: null };
    return {
      key,
      value,
      scalar: isScalar(target) ? scalarOf(target.value) : null,
      list: false,
      fields: null,
    };
  }
}

/** One mistake makes the parser stumble many times over: the first at a place counts, and a few places do. */
function firstAtEachPlace(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems
    .filter(({ line, column }) => !seen.has(`${line}:${column}`) && seen.add(`${line}:${column}`))
    .slice(0, MOST_SYNTAX_PROBLEMS);
}

function isEmpty(node: Node): boolean {
  return isScalar(node) && node.value === null && (node.range?.[0] ?? 0) === (node.range?.[1] ?? 0);
}

function scalarOf(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
}
