/**
 * The few commands that the tests of the documentation do not run: they install, serve, test or publish. Each is at
 * least a script that exists.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { allDocuments, root } from './support/documents.ts';
import { readDocument } from './support/markdown.ts';

const PACKAGES: Readonly<Record<string, string>> = {
  cli: 'apps/cli',
  dashboard: 'apps/dashboard',
  engine: 'packages/engine',
};

const commands = allDocuments.flatMap((path) =>
  readDocument(resolve(root, path))
    .blocks.filter(({ lang, meta }) => lang === 'sh' && meta === 'not-run')
    .flatMap(({ code, line }) =>
      code.split('\n').map((command) => [`${path}:${line}`, command.replace(/\s+#.*$/, '')] as const),
    ),
);

test.each(commands)('%s names a script that exists: %s', (_, command) => {
  const [, filter, script = ''] =
    /^(?:npx -y pnpm@[\d.]+|pnpm)(?: --filter (\w+))?(?: run)? ([\w:]+)/.exec(command) ?? [];
  if (/^(npm install |npx vitest |git |cd )/.test(command) || script === 'install') return;
  const folder = filter === undefined ? '.' : PACKAGES[filter];
  const { scripts } = JSON.parse(readFileSync(resolve(root, folder ?? '', 'package.json'), 'utf8'));
  expect(Object.keys(scripts)).toContain(script);
});

test('they stay few', () => {
  expect(commands.length).toBeLessThan(25);
});
