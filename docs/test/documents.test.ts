/**
 * Every command and snippet of the documents runs, and shows what it really prints.
 * After a change that is meant, `pnpm test --project docs -u` writes the documents anew.
 */
import { resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { allDocuments, root } from './support/documents.ts';
import { readDocument } from './support/markdown.ts';
import { rewritten } from './support/rewrite.ts';
import { Workplace } from './support/shell.ts';
import { programsOf, typeErrors } from './support/snippets.ts';

const documents = allDocuments.map((path) => readDocument(resolve(root, path)));

describe.each(allDocuments)('%s', (path) => {
  test('shows what its commands and snippets print', async () => {
    const document = readDocument(resolve(root, path));
    const workplace = new Workplace();
    onTestFinished(() => workplace.remove());
    await expect(await rewritten(document, workplace)).toMatchFileSnapshot(document.path);
  });
});

test('snippets satisfy the compiler', () => {
  const modules = new Map<string, string>();
  for (const { path, blocks } of documents) {
    for (const program of programsOf(blocks)) {
      const name = path.slice(root.length + 1).replace(/\W/g, '-');
      modules.set(`${name}-line-${program[0]?.line}`, program.map(({ code }) => code).join('\n'));
    }
  }
  expect(typeErrors(modules)).toEqual([]);
});

test('output stands below what printed it', () => {
  const strays = documents.flatMap(({ path, blocks }) =>
    blocks
      .filter(({ lang, after }) => lang === 'text' && !(after?.lang === 'sh' || after?.lang === 'ts'))
      .map(({ line }) => `${path}:${line}`),
  );
  expect(strays).toEqual([]);
});

test('blocks are of a kind that is run, compared or only looked at', () => {
  const known = new Set(['sh', 'ts', 'text', 'yaml', 'diff', 'console', '']);
  const strange = documents.flatMap(({ path, blocks }) =>
    blocks.filter(({ lang }) => !known.has(lang)).map(({ line, lang }) => `${path}:${line}: ${lang}`),
  );
  expect(strange).toEqual([]);
});
