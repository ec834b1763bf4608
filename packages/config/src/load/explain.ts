/**
 * Puts an issue of the schema into words: the rule with the value that broke it, and what to write instead.
 * Knows the schema by its issues and by looking keys up; knows no places.
 */
import type * as z from 'zod';
import { nearest } from '../nearest.ts';
import type { Finding } from '../problem.ts';
import { factsOf, keysOf, memberOf, schemaAt } from '../schema/walk.ts';
import { shown } from './shown.ts';
import { numberMeant, unitWord } from './units.ts';
import { unknownKey } from './unknown-key.ts';

type Schema = z.core.$ZodType;
type Issue = z.core.$ZodIssue;

/** The rule, to follow the name of the key, and the way out. */
type Words = readonly [rule: string, fix: string];

/** What an issue is about. */
interface Subject {
  readonly path: readonly string[];
  readonly key: string;
  readonly value: unknown;
  /** Its place in the schema; null for a key that the schema does not have. */
  readonly schema: Schema | null;
}

/** The findings behind one issue: an issue about unknown keys holds several. */
export function explain(issue: Issue, root: Schema, written: unknown): Finding[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((unknown) => unknownKey([...path, unknown], root, written));
  }
  if (issue.code === 'custom') return [brokenRule(issue, path)];
  const value = path.reduce(memberOf, written);
  const [rule, fix] = words(issue, {
    path,
    key: path.at(-1) ?? '',
    value,
    schema: schemaAt(root, path, written),
  });
  return [{ path, message: `${path.length === 0 ? 'the configuration' : path.join('.')} ${rule}`, fix }];
}

/** A rule over several keys brings its own words. */
function brokenRule({ message, params }: z.core.$ZodIssueCustom, path: readonly string[]): Finding {
  const parent = path.slice(0, -1);
  const named = parent.length === 0 ? message : `${parent.join('.')}: ${message}`;
  const finding = { path, message: named, fix: String(params?.fix ?? '') };
  const besides: unknown = params?.besides;
  return typeof besides === 'string' ? { ...finding, besides: [...parent, besides] } : finding;
}

function words(issue: Issue, subject: Subject): Words {
  const { key, value } = subject;
  const got = `got ${shown(value)}`;
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, subject);
    case 'too_small':
      if (issue.origin === 'string') return ['is empty', writeExample(subject)];
      return [
        `must be ${issue.inclusive ? 'at least' : 'above'} ${issue.minimum}, ${got}`,
        writeExample(subject),
      ];
    case 'too_big':
      return [`must be at most ${issue.maximum}, ${got}`, writeExample(subject)];
    case 'not_multiple_of':
      return [`must be a whole number, ${got}`, `Write for example ${key}: ${Math.round(Number(value))}.`];
    case 'invalid_value':
      return noSuchOption(issue.values, subject);
    case 'invalid_union':
      return noVariant(issue, subject);
    default:
      return [`is not valid: ${issue.message}`, writeExample(subject)];
  }
}

const KINDS: Readonly<Record<string, string>> = {
  number: 'a number',
  boolean: 'true or false',
  string: 'text',
  object: 'a mapping of keys',
};

function wrongType(expected: string, subject: Subject): Words {
  const { key, value, schema } = subject;
  if (value === undefined) return ['is missing', `Add ${example(subject)}.`];
  if (value === null) return ['is empty', 'Give it a value, or remove the line.'];
  const rule = `must be ${KINDS[expected] ?? expected}, got ${shown(value)}`;
  if (expected === 'boolean') return [rule, 'Write true or false.'];
  if (expected === 'object') {
    const keys = [...((schema && keysOf(schema, undefined))?.keys() ?? [])];
    return [rule, `Write its keys below it: ${keys.join(', ')}.`];
  }
  if (expected !== 'number') return [rule, writeExample(subject)];
  if (typeof value === 'number')
    return [`must be a finite number, got ${shown(value)}`, writeExample(subject)];
  const meant = typeof value === 'string' ? numberMeant(value, key) : null;
  if (meant === null) return [rule, writeExample(subject)];
  const unit = unitWord(key);
  return [rule, `Write the number${unit === '' ? ' alone' : ` in ${unit}`}: ${key}: ${meant}.`];
}

/** A list longer than this is shown only to whom no suggestion can be made. */
const MOST_OPTIONS_SHOWN = 8;

function noSuchOption(options: readonly unknown[], { key, value }: Subject): Words {
  const names = options.filter((option) => option !== undefined).map(String);
  const [likely, ...others] = typeof value === 'string' ? nearest(value, names) : [];
  if (names.length > MOST_OPTIONS_SHOWN) {
    const rule = `is not one of the ${names.length} known names, got ${shown(value)}`;
    if (likely === undefined) return [rule, `Known are ${names.join(', ')}.`];
    return [rule, `Did you mean ${[likely, ...others].map((name) => `${key}: ${name}`).join(' or ')}?`];
  }
  return [
    `must be ${names.length === 1 ? names[0] : `one of ${names.join(', ')}`}, got ${shown(value)}`,
    likely === undefined ? `Write ${key}: ${names[0]}.` : `Did you mean ${key}: ${likely}?`,
  ];
}

/** No variant takes the value: by its tag, by a rule of the one variant of its type, or by its type. */
function noVariant(issue: z.core.$ZodIssueInvalidUnion, subject: Subject): Words {
  if ('options' in issue && Array.isArray(issue.options)) return noSuchOption(issue.options, subject);
  const first = issue.errors.flatMap((issues) => issues.slice(0, 1));
  const rule = first.find(({ code }) => code !== 'invalid_type' && code !== 'invalid_value');
  if (rule !== undefined) return words(rule, subject);
  const [, fix] = wrongType('number', subject);
  if (subject.value === null || subject.value === undefined) return wrongType('number', subject);
  const named = first.flatMap((each) => (each.code === 'invalid_value' ? each.values.map(String) : []));
  const kinds = first.flatMap((each) =>
    each.code === 'invalid_type' ? [KINDS[each.expected] ?? each.expected] : [],
  );
  const [likely] = typeof subject.value === 'string' ? nearest(subject.value, named) : [];
  return [
    `must be ${[...kinds, ...named].join(' or ')}, got ${shown(subject.value)}`,
    likely === undefined ? fix : `Did you mean ${subject.key}: ${likely}?`,
  ];
}

function writeExample(subject: Subject): string {
  return `Write for example ${example(subject)}.`;
}

/** `key: value` with the field's default or example. */
function example({ key, schema }: Subject): string {
  const value = schema === null ? undefined : factsOf(schema).example;
  return `${key}: ${value === undefined ? '…' : typeof value === 'object' ? '{…}' : String(value)}`;
}
