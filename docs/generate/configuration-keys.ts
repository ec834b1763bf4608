/** Every key of a scenario file, from its JSON Schema. Knows no key by name. */
import { jsonSchema } from '@llmsim/config';
import { code, table } from './table.ts';

/** The part of JSON Schema that scenario files use. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

export function configurationKeys(): string {
  const schema: Schema = jsonSchema();
  const { properties = {} } = schema;
  const scalars = Object.entries(properties).filter(([, member]) => variantsOf(member) === null);
  const mappings = Object.entries(properties).filter(([, member]) => variantsOf(member) !== null);
  const seen = new Map<string, string>();
  return [
    ['## Top level', keyTable(Object.fromEntries(scalars), schema.required)],
    ...mappings.map(([key, member]) => {
      const twin = twinOf(key, member, seen);
      const keys = twin === null ? mappingText(member) : `The same keys as [${twin}](#${twin}).`;
      return [`## ${key}`, member.description ?? '', keys];
    }),
  ]
    .flat()
    .join('\n\n');
}

/** The mapping before this one that has the same keys, so that these are listed once; null for a new one. */
function twinOf(key: string, schema: Schema, seen: Map<string, string>): string | null {
  const shape = JSON.stringify(variantsOf(schema)?.map(({ properties, required }) => [properties, required]));
  const twin = seen.get(shape) ?? null;
  if (twin === null) seen.set(shape, key);
  return twin;
}

/** The mappings that may stand under a key; null when it is no mapping. */
function variantsOf(schema: Schema): readonly Schema[] | null {
  const variants = schema.oneOf ?? schema.anyOf ?? [schema];
  return variants.every(({ properties }) => properties !== undefined) ? variants : null;
}

function mappingText(schema: Schema): string {
  const variants = variantsOf(schema) ?? [];
  return variants
    .map((variant) => {
      const keys = keyTable(variant.properties ?? {}, variant.required);
      return variants.length === 1 ? keys : `### ${titleOf(variant, variants)}\n\n${keys}`;
    })
    .join('\n\n');
}

/** A variant is called by the key that has only one value in some variant, and its values in this one. */
function titleOf({ properties = {} }: Schema, variants: readonly Schema[]): string {
  const isTag = (key: string): boolean =>
    variants.some((variant) => variant.properties?.[key]?.const !== undefined);
  const [tag, member] = Object.entries(properties).find(([key]) => isTag(key)) ?? [];
  const values = member?.const === undefined ? (member?.enum ?? []) : [member.const];
  return `${tag}: ${values.join(', ')}`;
}

function keyTable(properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): string {
  return table(['key', 'type', 'default', 'meaning'], rowsOf(properties, required, '', new Map()));
}

function rowsOf(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[],
  prefix: string,
  seen: Map<string, string>,
): string[][] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const path = `${prefix}${key}`;
    const row = [
      code(path),
      typeOf(schema),
      defaultOf(schema, required.includes(key)),
      schema.description ?? '',
    ];
    const [mapping] = variantsOf(schema) ?? [];
    if (mapping === undefined) return [row];
    const twin = twinOf(path, schema, seen);
    if (twin !== null) {
      return [[code(path), 'mapping', '', `${schema.description} The same keys as ${code(twin)}.`]];
    }
    return [row, ...rowsOf(mapping.properties ?? {}, mapping.required ?? [], `${path}.`, seen)];
  });
}

/** More names than this have a page of their own. */
const MOST_NAMES_SHOWN = 8;

function typeOf(schema: Schema): string {
  if (variantsOf(schema) !== null) return 'mapping';
  if (schema.const !== undefined) return code(String(schema.const));
  if (schema.enum !== undefined && schema.enum.length > MOST_NAMES_SHOWN)
    return `${schema.enum.length} names: [hardware](hardware.md)`;
  if (schema.enum !== undefined) return schema.enum.map((value) => code(String(value))).join(', ');
  const either = schema.anyOf ?? schema.oneOf;
  if (either !== undefined) return either.map(typeOf).join(' or ');
  return [schema.type === 'integer' ? 'whole number' : (schema.type ?? ''), rangeOf(schema)]
    .filter((text) => text !== '')
    .join(' ');
}

function rangeOf({ minimum, maximum, exclusiveMinimum }: Schema): string {
  const low =
    exclusiveMinimum !== undefined ? `> ${exclusiveMinimum}` : minimum !== undefined ? `≥ ${minimum}` : '';
  // Where sums would overflow is no limit that anybody meets.
  const high = maximum !== undefined && maximum < 1e15 ? `≤ ${maximum.toLocaleString('en')}` : '';
  return [low, high].filter((text) => text !== '').join(', ');
}

function defaultOf(schema: Schema, required: boolean): string {
  if (variantsOf(schema) !== null) return required ? 'required' : '';
  if (schema.default !== undefined) return code(String(schema.default));
  return required || schema.const !== undefined ? 'required' : '';
}
