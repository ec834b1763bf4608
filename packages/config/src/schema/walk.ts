/**
 * Looks things up in the schema by path: the keys of a mapping, a field's description, default and example.
 * Knows no particular key.
 */
import * as z from 'zod';

type Schema = z.core.$ZodType;

/** What the schema says about one key. */
export interface FieldFacts {
  readonly description: string;
  /** What stands there when nothing is written; undefined when there is no such value. */
  readonly default: unknown;
  /** Something sensible to write. */
  readonly example: unknown;
}

/** The keys of the mapping that `schema` describes, given what is written there; null when it is no mapping. */
export function keysOf(schema: Schema, written: unknown): ReadonlyMap<string, Schema> | null {
  const bare = unwrapped(schema);
  if (bare instanceof z.ZodObject) return new Map(Object.entries(bare.shape as Record<string, Schema>));
  if (!(bare instanceof z.ZodDiscriminatedUnion)) return null;
  return keysOf(variantOf(bare, written), written);
}

/** The schema at `path`, and the path's mapping variants chosen by what is written; null for an unknown path. */
export function schemaAt(root: Schema, path: readonly string[], written: unknown): Schema | null {
  let schema = root;
  let value = written;
  for (const key of path) {
    const next = keysOf(schema, value)?.get(key);
    if (next === undefined) return null;
    schema = next;
    value = memberOf(value, key);
  }
  return schema;
}

/** Every path on which `key` stands, in any variant, with dots. */
export function pathsOf(root: Schema, key: string, under: readonly string[] = []): string[] {
  const bare = unwrapped(root);
  if (bare instanceof z.ZodDiscriminatedUnion) {
    const found = bare.options.flatMap((option) => pathsOf(option, key, under));
    return [...new Set(found)];
  }
  if (!(bare instanceof z.ZodObject)) return [];
  return Object.entries(bare.shape as Record<string, Schema>).flatMap(([name, schema]) => [
    ...(name === key ? [[...under, name].join('.')] : []),
    ...pathsOf(schema, key, [...under, name]),
  ]);
}

/** Description, default and example of a field. */
export function factsOf(schema: Schema): FieldFacts {
  const { description = '', examples, default: stated } = z.globalRegistry.get(schema) ?? {};
  const byDefault =
    schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault ? schema.def.defaultValue : undefined;
  return {
    description,
    default: byDefault,
    example: byDefault ?? stated ?? (Array.isArray(examples) ? examples[0] : undefined),
  };
}

/** The member `key` of a mapping, undefined for anything else. */
export function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function unwrapped(schema: Schema): Schema {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional
    ? unwrapped(schema.def.innerType)
    : schema;
}

/** The variant that the written discriminator chooses; the first one when it chooses none. */
function variantOf(union: z.ZodDiscriminatedUnion, written: unknown): Schema {
  const { discriminator } = union.def;
  const name = memberOf(written, discriminator);
  const chosen = union.options.find((option) => {
    const tag = keysOf(option, undefined)?.get(discriminator);
    return tag !== undefined && z.safeParse(tag, name).success;
  });
  return chosen ?? union.options[0] ?? union;
}
