/**
 * Assignments `a.b.c=value` on top of a file's fields. Knows no schema: an unknown key is found by the check that
 * follows, and pointed at the assignment.
 */
import type { Field, Fields, Origin } from './load/fields.ts';
import { readYaml } from './load/read-yaml.ts';
import type { Problem } from './problem.ts';

/** The fields after the assignments, and the assignments that mean nothing. */
export interface Overridden {
  readonly fields: Fields;
  readonly problems: readonly Problem[];
}

/**
 * Applies assignments in order. The value is YAML: `4`, `true`, `{ttft_s: 0.5}`; an empty value or `null` removes
 * the key, so that its default holds.
 */
export function applyOverrides(fields: Fields, assignments: readonly string[]): Overridden {
  const problems: Problem[] = [];
  let current = fields;
  for (const assignment of assignments) {
    const result = applied(current, assignment);
    if ('flag' in result) problems.push(result);
    else current = result.fields;
  }
  return { fields: current, problems };
}

function applied(fields: Fields, assignment: string): { readonly fields: Fields } | Problem {
  const flag = `--set ${assignment}`;
  const [, path = '', text = ''] = /^\s*([^=]*?)\s*=(.*)$/s.exec(assignment) ?? [];
  const misuse = (message: string, fix: string): Problem => {
    return { file: '', line: null, column: null, flag, path, message, fix };
  };
  const keys = path.split('.');
  if (keys.some((key) => key === '')) {
    const message = path === '' ? 'a key and "=" are needed' : `${path} has an empty key`;
    return misuse(message, 'Write --set key.key=value, such as --set arrival.rate_per_s=4.');
  }
  const field = fieldFrom(text, flag);
  if (field === undefined) {
    const fix = 'Write a number, a word, or {key: value}; quote it for your shell.';
    return misuse(`${path} has a value that is not YAML`, fix);
  }
  const next = assigned(fields, keys, field, flag);
  if (typeof next !== 'string') return { fields: next };
  return misuse(`${path} reaches into ${next}, which is no mapping`, `Remove ${next} or give it keys.`);
}

/** The fields with one more assignment, or the path that stands in the way. `null` removes the key. */
function assigned(
  fields: Fields,
  keys: readonly string[],
  field: Field | null,
  flag: string,
): Fields | string {
  const [key, ...rest] = keys;
  if (key === undefined) return fields;
  const next = new Map(fields);
  if (rest.length === 0) {
    if (field === null) next.delete(key);
    else next.set(key, field);
    return next;
  }
  const parent = fields.get(key);
  if (parent === undefined && field === null) return fields;
  const isNothing =
    parent === undefined || (parent.fields === null && !parent.list && parent.scalar === null);
  if (!isNothing && parent.fields === null) return key;
  const inner = assigned(parent?.fields ?? new Map(), rest, field, flag);
  if (typeof inner === 'string') return `${key}.${inner}`;
  const origin: Origin = { kind: 'flag', flag };
  const shell = isNothing ? { key: origin, value: origin, scalar: null, list: false } : parent;
  return next.set(key, { ...shell, fields: inner });
}

/** The value as a field that points at the flag; null for an empty value, undefined when it is not YAML. */
function fieldFrom(text: string, flag: string): Field | null | undefined {
  if (text.trim() === '') return null;
  // Read as a member, so that a plain scalar is a document like any other.
  const read = readYaml(`value:\n  ${text.trim()}\n`, '');
  const field = read.fields.get('value');
  if (!read.usable || read.problems.length > 0 || field === undefined || read.fields.size > 1)
    return undefined;
  if (field.fields === null && !field.list && field.scalar === null) return null;
  return flagged(field, { kind: 'flag', flag });
}

function flagged(field: Field, origin: Origin): Field {
  const fields =
    field.fields && new Map([...field.fields].map(([key, member]) => [key, flagged(member, origin)]));
  return { ...field, key: origin, value: origin, fields };
}
