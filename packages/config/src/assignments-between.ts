/**
 * What to change in one configuration to get another, as assignments. Knows no schema.
 */
import type { ScenarioConfig } from './schema/scenario.ts';

/**
 * The assignments `a.b.c=value` that make `to` of `from`; keys that `to` does not have are assigned nothing.
 *
 * @example
 * assignmentsBetween(config, { ...config, random_seed: 7 }); // ['random_seed=7']
 */
export function assignmentsBetween(from: ScenarioConfig, to: ScenarioConfig): string[] {
  return differences(from, to, []);
}

function differences(from: object, to: object, path: readonly string[]): string[] {
  const before = new Map<string, unknown>(Object.entries(from));
  const after = new Map<string, unknown>(Object.entries(to));
  const removed = [...before.keys()].filter((key) => !after.has(key));
  return [
    ...removed.map((key) => `${[...path, key].join('.')}=`),
    ...[...after].flatMap(([key, value]) => difference(before.get(key), value, [...path, key])),
  ];
}

function difference(before: unknown, after: unknown, path: readonly string[]): string[] {
  if (before === after || after === undefined) return [];
  if (isMapping(after) && Object.keys(after).length === 0 && !isMapping(before))
    return [`${path.join('.')}={}`];
  if (isMapping(after)) return differences(isMapping(before) ? before : {}, after, path);
  return [`${path.join('.')}=${inYaml(after)}`];
}

function isMapping(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Words and numbers stand as they are; what YAML would read otherwise is quoted. */
function inYaml(value: unknown): string {
  return typeof value === 'string' && !/^[A-Za-z][\w./-]*$/.test(value)
    ? JSON.stringify(value)
    : String(value);
}
