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
  return [
    ['## Top level', keyTable(Object.fromEntries(scalars), schema.required)],
    ...mappings.map(([key, member]) => [`## ${key}`, member.description ?? '', mappingText(member)]),
  ]
    .flat()
    .join('\n\n');
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
      return variants.length === 1 ? keys : `### ${titleOf(variant)}\n\n${keys}`;
    })
    .join('\n\n');
}

/** A variant is called by the key with only one value. */
function titleOf({ properties = {} }: Schema): string {
  const [tag] = Object.entries(properties).filter(([, member]) => member.const !== undefined);
  return tag === undefined ? '' : `${tag[0]}: ${tag[1].const}`;
}

function keyTable(properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): string {
  return table(['key', 'type', 'default', 'meaning'], rowsOf(properties, required, ''));
}

function rowsOf(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[],
  prefix: string,
): string[][] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const path = `${prefix}${key}`;
    const row = [code(path), typeOf(schema), defaultOf(schema, required.includes(key)), schema.description ?? ''];
    const variants = variantsOf(schema);
    if (variants?.[0] === undefined) return [row];
    const { properties: members = {}, required: needed = [] } = variants[0];
    return [row, ...rowsOf(members, needed, `${path}.`)];
  });
}

function typeOf(schema: Schema): string {
  if (variantsOf(schema) !== null) return 'mapping';
  if (schema.const !== undefined) return code(String(schema.const));
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
  const high = maximum !== undefined && maximum < 1e15 ? `≤ ${maximum}` : '';
  return [low, high].filter((text) => text !== '').join(', ');
}

function defaultOf(schema: Schema, required: boolean): string {
  if (variantsOf(schema) !== null) return required ? 'required' : '';
  if (schema.default !== undefined) return code(String(schema.default));
  return required || schema.const !== undefined ? 'required' : '';
}
