/** Builds the page once for all test files and serves it as a host would. Knows no browser. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the built page is served, with a slash at its end. */
    pageUrl: string;
    /** The folder of the built page. */
    pageFolder: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const configFile = join(import.meta.dirname, '../vite.config.ts');
  const outDir = await mkdtemp(join(tmpdir(), 'llmsim-dashboard-'));
  const { NODE_ENV } = process.env;
  // The test runner says `test`, which would build the libraries' development code.
  process.env.NODE_ENV = 'production';
  await build({ configFile, mode: 'production', logLevel: 'warn', build: { outDir, emptyOutDir: true } });
  process.env.NODE_ENV = NODE_ENV;
  const server = await preview({
    configFile,
    logLevel: 'warn',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
  });
  const [url] = server.resolvedUrls?.local ?? [];
  if (url === undefined) throw new Error('The preview server has no address');
  project.provide('pageUrl', url);
  project.provide('pageFolder', outDir);
  return async () => {
    await server.close();
    await rm(outDir, { recursive: true, force: true });
  };
}
