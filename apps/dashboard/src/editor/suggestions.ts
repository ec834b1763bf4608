/**
 * What may be written at a place of a scenario, from the JSON Schema. Knows no YAML and no editor.
 */
import type { CursorContext } from './cursor-context.ts';

/** The part of JSON Schema that the scenario's schema uses. */
export interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number;
  readonly default?: unknown;
}

export interface Suggestion {
  readonly label: string;
  /** What is put into the text. */
  readonly insert: string;
  /** The default or the kind of value, in a word. */
  readonly detail: string;
  readonly description: string;
}

/** Keys that are not there yet, or the values a key can have. */
export function suggestionsAt(
  schema: Schema,
  { path, key, siblings }: Pick<CursorContext, 'path' | 'key' | 'siblings'>,
): readonly Suggestion[] {
  const mappings = path.reduce<readonly Schema[]>(
    (parents, name) => parents.flatMap((parent) => membersOf(parent)[name] ?? []).flatMap(alternatives),
    alternatives(schema),
  );
  const fitting = mappings.filter((mapping) => fits(mapping, siblings));
  if (key !== null) {
    return unique(fitting.flatMap((mapping) => membersOf(mapping)[key] ?? []).flatMap(valuesOf));
  }
  return unique(
    fitting.flatMap((mapping) =>
      Object.entries(membersOf(mapping))
        .filter(([name]) => !siblings.has(name))
        .map(([name, member]) => keySuggestion(name, member)),
    ),
  );
}

function alternatives(schema: Schema): readonly Schema[] {
  const parts = schema.oneOf ?? schema.anyOf;
  return parts === undefined ? [schema] : parts.flatMap(alternatives);
}

function membersOf(schema: Schema): Readonly<Record<string, Schema>> {
  return schema.properties ?? {};
}

/** A variant is out once another key says so, such as `model: steps`. */
function fits(mapping: Schema, siblings: ReadonlyMap<string, string>): boolean {
  return Object.entries(membersOf(mapping)).every(([name, member]) => {
    const written = siblings.get(name);
    return (
      written === undefined ||
      written === '' ||
      member.const === undefined ||
      String(member.const) === written
    );
  });
}

function keySuggestion(name: string, member: Schema): Suggestion {
  const isMapping = alternatives(member).some(({ type }) => type === 'object');
  const shown = typeof member.default === 'object' ? '' : String(member.default ?? '');
  return {
    label: name,
    insert: isMapping ? `${name}:` : `${name}: `,
    detail: shown === '' ? (isMapping ? 'mapping' : (member.type ?? '')) : `default ${shown}`,
    description: member.description ?? '',
  };
}

function valuesOf(schema: Schema): Suggestion[] {
  return alternatives(schema).flatMap((variant) => {
    const values = variant.enum ?? (variant.const === undefined ? booleans(variant) : [variant.const]);
    return values.map((value) => ({
      label: String(value),
      insert: String(value),
      detail: value === schema.default ? 'default' : '',
      description: '',
    }));
  });
}

function booleans({ type }: Schema): readonly string[] {
  return type === 'boolean' ? ['true', 'false'] : [];
}

function unique(suggestions: readonly Suggestion[]): readonly Suggestion[] {
  return [...new Map(suggestions.map((suggestion) => [suggestion.label, suggestion])).values()];
}
