/** Builds the page once for all test files and serves it. Knows no browser. */
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { serveBuilt } from '../scripts/serve-built.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the built page is served, with a slash at its end. */
    pageUrl: string;
    /** The folder of the built page. */
    pageFolder: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, folder, close } = await serveBuilt(join(import.meta.dirname, '..'));
  project.provide('pageUrl', url);
  project.provide('pageFolder', folder);
  return close;
}
