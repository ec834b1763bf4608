/**
 * The scenario file as a JSON Schema, for editors. Knows no keys: everything comes from the schema.
 */
import * as z from 'zod';
import { fileSchema } from './schema/scenario.ts';

/** A JSON Schema (draft-7) as a plain value. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The JSON Schema (draft-7) of a scenario file, with descriptions and defaults. */
export function jsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(fileSchema, {
    target: 'draft-7',
    io: 'input',
    override: ({ jsonSchema: node }) => {
      if (node.multipleOf === 1) {
        node.type = 'integer';
        delete node.multipleOf;
      }
    },
  });
  return { ...schema, title: 'llmsim scenario' };
}
