/** Links inside the repository lead somewhere, fragments included. */
import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { allDocuments, root } from './support/documents.ts';
import { readDocument } from './support/markdown.ts';

test.each(allDocuments)('%s links to what exists', (path) => {
  const document = readDocument(resolve(root, path));
  const broken = document.links
    .filter(({ url }) => !/^[a-z]+:/.test(url))
    .filter(({ url }) => !leadsSomewhere(document.path, url))
    .map(({ url, line }) => `${path}:${line}: ${url}`);
  expect(broken).toEqual([]);
});

test('every page of docs/ is reached from the README', () => {
  const reached = new Set<string>();
  const follow = (path: string): void => {
    if (reached.has(path) || !path.endsWith('.md') || !existsSync(path)) return;
    reached.add(path);
    for (const { url } of readDocument(path).links) {
      if (!/^[a-z]+:/.test(url)) follow(resolve(dirname(path), url.split('#')[0] ?? ''));
    }
  };
  follow(resolve(root, 'README.md'));
  const pages = allDocuments.filter((path) => path.startsWith('docs/'));
  expect(pages.filter((path) => !reached.has(resolve(root, path)))).toEqual([]);
});

function leadsSomewhere(from: string, url: string): boolean {
  const [file = '', fragment] = decodeURI(url).split('#');
  const target = file === '' ? from : resolve(dirname(from), file);
  if (!existsSync(target)) return false;
  if (fragment === undefined || statSync(target).isDirectory()) return true;
  return readDocument(target).anchors.has(fragment);
}
