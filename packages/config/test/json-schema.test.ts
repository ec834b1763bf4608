import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { jsonSchema } from '../src/index.ts';

const committed = new URL('../../../configs/llmsim.schema.json', import.meta.url);

/** Every property anywhere in the schema, with its path. */
function properties(node: unknown, path: string): Array<[path: string, property: Record<string, unknown>]> {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'properties'
      ? Object.entries(value as Record<string, Record<string, unknown>>).flatMap(([name, property]) => [
          [`${path}.${name}`, property] as [string, Record<string, unknown>],
          ...properties(property, `${path}.${name}`),
        ])
      : properties(value, path),
  );
}

describe('the JSON Schema', () => {
  it('in configs/ is the one of this code; write it anew with `llmsim schema > configs/llmsim.schema.json`', () => {
    expect(JSON.parse(readFileSync(committed, 'utf8'))).toEqual(jsonSchema());
  });

  it('is draft-7, closed, and asks for no key at the top', () => {
    expect(jsonSchema()).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      additionalProperties: false,
    });
    expect(jsonSchema()).not.toHaveProperty('required');
  });

  it('describes every key', () => {
    const all = properties(jsonSchema(), '');
    expect(all.length).toBeGreaterThan(50);
    expect(
      all.filter(([, { description }]) => typeof description !== 'string').map(([path]) => path),
    ).toEqual([]);
  });

  it('says that counts are integers', () => {
    const all = new Map(properties(jsonSchema(), ''));
    expect(all.get('.cluster_mono.num_gpus')).toMatchObject({ type: 'integer', minimum: 1, default: 4 });
    expect(JSON.stringify(jsonSchema())).not.toContain('multipleOf');
  });
});
