// Builds the page into a folder of its own and serves it as a host would: for tests, the bench and the picture.
// Knows no browser.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';

/**
 * @param {string} root the folder of the dashboard
 * @returns {Promise<{ url: string, folder: string, close: () => Promise<void> }>} the address ends in a slash
 */
export async function serveBuilt(root) {
  const configFile = join(root, 'vite.config.ts');
  const folder = await mkdtemp(join(tmpdir(), 'llmsim-dashboard-'));
  const { NODE_ENV } = process.env;
  // A test runner says `test`, which would build the libraries' development code.
  process.env.NODE_ENV = 'production';
  await build({
    configFile,
    mode: 'production',
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true },
  });
  if (NODE_ENV === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = NODE_ENV;
  const server = await preview({
    configFile,
    logLevel: 'warn',
    build: { outDir: folder },
    preview: { host: '127.0.0.1', port: 0 },
  });
  const [url] = server.resolvedUrls?.local ?? [];
  if (url === undefined) throw new Error('The preview server has no address');
  const close = async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { url, folder, close };
}
