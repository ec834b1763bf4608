/** Which documents there are, by their path from the root of the repository. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

export const root: string = resolve(import.meta.dirname, '../../..');

/** Every Markdown file of the repository that is or will be committed, changelogs and changesets apart. */
export const allDocuments: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'],
  { cwd: root, encoding: 'utf8' },
)
  .split('\n')
  .filter((path) => path !== '' && !/CHANGELOG\.md$|^\.changeset\//.test(path))
  .filter((path) => existsSync(resolve(root, path)));
