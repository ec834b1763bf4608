/** Which documents there are, by their path from the root of the repository. */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root: string = resolve(import.meta.dirname, '../../..');

/** Installed, built or generated. */
const NOT_WRITTEN = new Set(['node_modules', 'dist', 'coverage', 'api']);

/** Every Markdown file that somebody wrote, changelogs and changesets apart. */
export const allDocuments: readonly string[] = documentsIn('');

function documentsIn(folder: string): string[] {
  return readdirSync(resolve(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return entry.name.startsWith('.') || NOT_WRITTEN.has(entry.name) ? [] : documentsIn(path);
    }
    return entry.name.endsWith('.md') && entry.name !== 'CHANGELOG.md' ? [path] : [];
  });
}
