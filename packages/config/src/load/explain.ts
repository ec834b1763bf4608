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

/** The findings behind one issue: an issue about unknown keys holds several. */
export function explain(issue: Issue, root: Schema, written: unknown): Finding[] {
  const path = issue.path.map(String);
  const key = path.at(-1) ?? '';
  const value = path.reduce(memberOf, written);
  const finding = (message: string, fix: string): Finding[] => [
    { path, message: `${path.join('.')} ${message}`, fix },
  ];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((unknown) => unknownKey([...path, unknown], root, written));
    case 'invalid_type':
      if (value === undefined) return finding('is missing', `Add ${example(root, path, written)}.`);
      if (value === null) return finding('is empty', 'Give it a value, or remove the line.');
      if (issue.expected === 'number') return finding(...notANumber(value, key, root, path, written));
      if (issue.expected === 'boolean')
        return finding(`must be true or false, got ${shown(value)}`, 'Write true or false.');
      if (issue.expected === 'string')
        return finding(`must be text, got ${shown(value)}`, `Write ${example(root, path, written)}.`);
      return finding(`must be a mapping of keys, got ${shown(value)}`, mappingFix(root, path, written));
    case 'too_small':
      if (issue.origin === 'string')
        return finding('is empty', `Write for example ${example(root, path, written)}.`);
      return finding(
        `must be ${issue.inclusive ? 'at least' : 'above'} ${issue.minimum}, got ${shown(value)}`,
        `Write for example ${example(root, path, written)}.`,
      );
    case 'too_big':
      return finding(
        `must be at most ${issue.maximum}, got ${shown(value)}`,
        `Write for example ${example(root, path, written)}.`,
      );
    case 'not_multiple_of':
      return finding(
        `must be a whole number, got ${shown(value)}`,
        `Write for example ${key}: ${Math.round(Number(value))}.`,
      );
    case 'invalid_value':
      return finding(...notAnOption(value, issue.values, key));
    case 'invalid_union':
      return finding(...notAnOption(value, issue.discriminator === undefined ? [] : optionsOf(issue), key));
    case 'custom':
      return [custom(issue, path)];
    default:
      return finding(`is not valid: ${issue.message}`, `Write for example ${example(root, path, written)}.`);
  }
}

function custom(issue: z.core.$ZodIssueCustom, path: string[]): Finding {
  const fix = String(issue.params?.fix ?? '');
  const besides: unknown = issue.params?.besides;
  const parent = path.slice(0, -1);
  const message = parent.length === 0 ? issue.message : `${parent.join('.')}: ${issue.message}`;
  return typeof besides === 'string'
    ? { path, message, fix, besides: [...parent, besides] }
    : { path, message, fix };
}

function optionsOf(issue: z.core.$ZodIssueInvalidUnion): unknown[] {
  return 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
}

function notANumber(
  value: unknown,
  key: string,
  root: Schema,
  path: string[],
  written: unknown,
): [message: string, fix: string] {
  const unit = unitWord(key);
  if (typeof value === 'number') {
    return [
      `must be a finite number, got ${shown(value)}`,
      `Write for example ${example(root, path, written)}.`,
    ];
  }
  const meant = typeof value === 'string' ? numberMeant(value, key) : null;
  const message = `must be a number, got ${shown(value)}`;
  if (meant === null) return [message, `Write for example ${example(root, path, written)}.`];
  return [message, `Write the number${unit === '' ? ' alone' : ` in ${unit}`}: ${key}: ${meant}.`];
}

function notAnOption(
  value: unknown,
  options: readonly unknown[],
  key: string,
): [message: string, fix: string] {
  const names = options.filter((option) => option !== undefined).map(String);
  const [likely] = typeof value === 'string' ? nearest(value, names) : [];
  return [
    `must be ${names.length === 1 ? names[0] : `one of ${names.join(', ')}`}, got ${shown(value)}`,
    likely === undefined ? `Write ${key}: ${names[0]}.` : `Did you mean ${key}: ${likely}?`,
  ];
}

function mappingFix(root: Schema, path: readonly string[], written: unknown): string {
  const schema = path.length === 0 ? root : schemaAt(root, path, written);
  const keys = [...((schema && keysOf(schema, undefined))?.keys() ?? [])];
  return `Write its keys below it: ${keys.join(', ')}.`;
}

/** `key: value` with the field's default or example. */
function example(root: Schema, path: readonly string[], written: unknown): string {
  const schema = schemaAt(root, path, written);
  const facts = schema === null ? null : factsOf(schema);
  const value = facts?.example;
  return `${path.at(-1) ?? ''}: ${value === undefined ? '…' : typeof value === 'object' ? '{…}' : String(value)}`;
}
