/** Output files of the program as it is: what pages list is read off them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entry } from '../../apps/cli/build.mjs';

/** What `llmsim run` with these arguments writes to a file with this ending. */
export function realOutput(ending: string, ...args: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'llmsim-docs-'));
  try {
    const file = join(folder, `out${ending}`);
    const to = ending === '.requests.csv' ? '--requests' : '-o';
    execFileSync(process.execPath, [entry, 'run', '-q', to, file, ...args], { cwd: folder });
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
