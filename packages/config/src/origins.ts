/**
 * Where every value of a scenario came from, for showing the merged configuration. Knows no schema.
 */
import { fieldAt, type Origin } from './load/fields.ts';
import type { Scenario } from './load/load-scenario.ts';

/** One value of the merged configuration. */
export interface OriginOfValue {
  /** The key with its parents, such as `arrival.rate_per_s`. */
  readonly path: string;
  readonly value: string | number | boolean;
  readonly origin: Origin;
  /** The origin in words: `chat.yaml:5:22`, `--set arrival.rate_per_s=4` or `default`. */
  readonly from: string;
}

/**
 * Every value in the order of the configuration, with its origin.
 *
 * @example
 * origins(scenario)[0]; // { path: 'mode', value: 'mono', from: 'chat.yaml:1:7', … }
 */
export function origins(scenario: Scenario): OriginOfValue[] {
  return leaves(scenario.config, []).map(({ path, value }) => {
    const origin: Origin = fieldAt(scenario.fields, path)?.value ?? { kind: 'default' };
    return { path: path.join('.'), value, origin, from: inWords(origin, scenario.file) };
  });
}

function inWords(origin: Origin, file: string): string {
  if (origin.kind === 'flag') return origin.flag;
  return origin.kind === 'file' ? `${file}:${origin.line}:${origin.column}` : 'default';
}

interface Leaf {
  readonly path: readonly string[];
  readonly value: string | number | boolean;
}

function leaves(value: unknown, path: readonly string[]): Leaf[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, member]) => leaves(member, [...path, key]));
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? [{ path, value }]
    : [];
}
