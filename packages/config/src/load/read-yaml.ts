/**
 * Text → tree of fields with their places, and every mistake of syntax. Any text at all gets an answer, never an
 * exception. Knows no schema.
 */
import { type Document, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Problem } from '../problem.ts';
import { MOST_SCENARIO_CHARACTERS } from '../shared-scenario.ts';
import { FieldReader, type Mistake } from './field-reader.ts';
import { type Fields, LIST } from './fields.ts';
import { type Place, placesIn } from './places.ts';
import { HARMLESS, wordsOf } from './yaml-errors.ts';

const MOST_MISTAKES = 10;
const START: Place = { line: 1, column: 1 };

/** What stands in a text: its fields as far as they can be told, and its mistakes. */
export interface ReadText {
  readonly fields: Fields;
  readonly problems: readonly Problem[];
  /** False when the fields mean nothing, so that checking them would only add noise. */
  readonly usable: boolean;
}

/** Reads the text of `file`, a name that only the problems carry. */
export function readYaml(text: string, file: string): ReadText {
  const { fields, mistakes } = fieldsAndMistakes(text);
  const problems = firstAtEachPlace(mistakes).map((mistake) => ({ file, flag: null, path: '', ...mistake }));
  return { fields: fields ?? new Map(), problems, usable: fields !== null };
}

interface Reading {
  /** Null when they mean nothing. */
  readonly fields: Fields | null;
  readonly mistakes: readonly Mistake[];
}

function fieldsAndMistakes(text: string): Reading {
  if (text.length > MOST_SCENARIO_CHARACTERS) {
    const message = `the file has ${text.length} characters, more than ${MOST_SCENARIO_CHARACTERS}`;
    return useless(START, message, 'Is this a scenario? A trace goes into trace: {path: …} or --trace.');
  }
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const place = placesIn(source);
  const document = parsed(source);
  if (document === null) {
    return useless(START, 'the file cannot be read as YAML', 'Is this a scenario? Start from llmsim init.');
  }
  const syntax = [...document.errors, ...document.warnings].map((error) => ({
    ...place(error.pos[0]),
    ...wordsOf(error),
  }));
  if (document.errors.some(({ code }) => !HARMLESS.has(code))) return { fields: null, mistakes: syntax };

  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) {
    const fix = 'Write at least mode: mono, or start from llmsim init; every other key has a default.';
    return useless(START, 'the file is empty', fix);
  }
  if (!isMap(root)) {
    const message = `a scenario is a mapping of keys, and this is ${isSeq(root) ? LIST : 'a single value'}`;
    return useless(place(root.range[0]), message, 'Write key: value lines, such as mode: mono.');
  }
  const reader = new FieldReader(document, place);
  const fields = reader.mapping(root);
  if (!reader.exhausted) return { fields, mistakes: [...syntax, ...reader.mistakes] };
  const message = 'the file means more fields than any scenario, once its aliases are written out';
  return useless(START, message, 'Remove what is not needed, and write values out instead of *aliases.');
}

/** Null for a text on which the parser itself gives up. */
function parsed(source: string): Document.Parsed | null {
  try {
    return parseDocument(source, {
      prettyErrors: false,
      schema: 'core',
      resolveKnownTags: false,
      stringKeys: true,
      // The field reader finds equal keys faster and reads on.
      uniqueKeys: false,
    });
  } catch {
    return null;
  }
}

function useless(place: Place, message: string, fix: string): Reading {
  return { fields: null, mistakes: [{ ...place, message, fix }] };
}

/** One mistake makes the parser stumble many times over: the first at a place counts, and a few places do. */
function firstAtEachPlace(mistakes: readonly Mistake[]): Mistake[] {
  const seen = new Set<string>();
  return mistakes
    .filter(({ line, column }) => !seen.has(`${line}:${column}`) && seen.add(`${line}:${column}`))
    .slice(0, MOST_MISTAKES);
}
