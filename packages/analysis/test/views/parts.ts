/** What a page, and files saved from it, ask of the parts of a document. Knows no analysis. */
import { expect } from 'vitest';
import type { ResultDocument } from '../../src/index.ts';

/** Names of files and of elements come from ids: of words alone, and no two parts have one. */
export function expectOwnIds({ charts, tables }: ResultDocument): void {
  const ids = [...charts, ...tables].map(({ id }) => id);
  expect(new Set(ids).size, ids.join(' ')).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[\w.-]+$/);
}
