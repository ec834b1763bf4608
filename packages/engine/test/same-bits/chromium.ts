/** Opens a page in the system's Chromium and gives its text. Knows nothing of what the page does. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { CHROMIUM_FLAGS, chromiumPath } from '../../../../scripts/chromium.mjs';

/** The text of the document's body after `script` has run. */
export async function textOfPage(script: string): Promise<string> {
  const chromium = chromiumPath();
  if (chromium === undefined) throw new Error('No Chromium on this machine: install it or set CHROMIUM_PATH');
  const folder = await mkdtemp(join(tmpdir(), 'llmsim-same-bits-'));
  try {
    const page = join(folder, 'page.html');
    await writeFile(join(folder, 'script.js'), script);
    await writeFile(
      page,
      '<!doctype html><meta charset="utf-8"><body><script src="script.js"></script></body>',
    );
    const profile = `--user-data-dir=${join(folder, 'profile')}`;
    const { stdout } = await promisify(execFile)(
      chromium,
      [...CHROMIUM_FLAGS, profile, '--dump-dom', pathToFileURL(page).href],
      { maxBuffer: 2 ** 28, timeout: 150_000 },
    );
    return /<body>(.*)<\/body>/s.exec(stdout)?.[1] ?? '';
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
