/**
 * A scenario's text as a tree of fields, each with the place it came from. Knows YAML nodes by their results only
 * and no schema.
 */

/** Where a value was written. */
export type Origin =
  | { readonly kind: 'file'; readonly line: number; readonly column: number }
  | { readonly kind: 'flag'; readonly flag: string }
  | { readonly kind: 'default' };

/** A list: no key of a scenario takes one, so its items are not kept. */
export const LIST = 'a list';

/** One value with its places; `fields` is null unless it is a mapping. */
export interface Field {
  /** Where the key stands. */
  readonly key: Origin;
  /** Where the value stands. */
  readonly value: Origin;
  readonly scalar: string | number | boolean | null | typeof LIST;
  readonly list: boolean;
  readonly fields: Fields | null;
}

/** The fields of a mapping in the order written. */
export type Fields = ReadonlyMap<string, Field>;

/** The fields as plain values, lists as empty arrays. */
export function plain(fields: Fields): Record<string, unknown> {
  const members = [...fields].map(([key, field]): [string, unknown] => [key, plainField(field)]);
  // fromEntries defines own members, so a key named __proto__ stays a key.
  return Object.fromEntries(members);
}

function plainField(field: Field): unknown {
  if (field.fields !== null) return plain(field.fields);
  return field.list ? [] : field.scalar;
}

/** The field at `path`, or undefined when it was not written. */
export function fieldAt(fields: Fields, path: readonly string[]): Field | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  const field = fields.get(key);
  if (rest.length === 0 || field === undefined) return field;
  return field.fields === null ? undefined : fieldAt(field.fields, rest);
}
