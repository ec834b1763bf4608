/**
 * What to say about a key the schema does not have: the variant, the neighbour or the place it was meant for.
 */
import * as z from 'zod';
import { nearest } from '../nearest.ts';
import type { Finding } from '../problem.ts';
import { keysOf, memberOf, pathsOf, schemaAt } from '../schema/walk.ts';
import { shown } from './shown.ts';

type Schema = z.core.$ZodType;

/** The tags that choose a variant of a mapping, and their values. */
const TAGS = [
  ['mode', ['real_mean_std', 'p50_p90', 'uniform', 'log']],
  ['model', ['token_rate', 'steps']],
  ['process', ['poisson', 'closed_loop']],
] as const;

export function unknownKey(path: readonly string[], root: Schema, written: unknown): Finding {
  const parent = path.slice(0, -1);
  const key = path.at(-1) ?? '';
  const where = parent.length === 0 ? '' : ` in ${parent.join('.')}`;
  return {
    path,
    message: `unknown key ${shown(key)}${where}`,
    fix: fixOf(key, path, root, written),
    at: 'key',
  };
}

function fixOf(key: string, path: readonly string[], root: Schema, written: unknown): string {
  if (key === '<<') return 'Merge keys are not read: write the keys out.';
  const parent = path.slice(0, -1);
  const variant = variantWith(root, parent, key);
  if (variant !== null) return `${key} goes with ${variant}.`;
  const schema = schemaAt(root, parent, written);
  const siblings = [...((schema && keysOf(schema, parent.reduce(memberOf, written)))?.keys() ?? [])];
  const near = nearest(key, siblings);
  if (near.length > 0) return `Did you mean ${near.join(' or ')}?`;
  const elsewhere = pathsOf(root, key);
  if (elsewhere.length > 0) return `It belongs at ${elsewhere.join(' or ')}.`;
  return `Known keys: ${siblings.join(', ')}.`;
}

/** The tag with which the same mapping would know the key, or null. */
function variantWith(root: Schema, parent: readonly string[], key: string): string | null {
  const mapping = schemaAt(root, parent, {});
  if (mapping === null) return null;
  for (const [tag, values] of TAGS) {
    for (const value of values) {
      const keys = keysOf(mapping, { [tag]: value });
      const tagSchema = keys?.get(tag);
      if (tagSchema === undefined || !keys?.has(key)) continue;
      if (z.safeParse(tagSchema, value).success) return `${tag}: ${value}`;
    }
  }
  return null;
}
