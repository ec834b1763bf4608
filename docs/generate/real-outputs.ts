/** Output files of the program as it is: what pages list is read off them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entry } from '../../apps/cli/build.mjs';

/** What `llmsim run` with these arguments writes to a file with this ending. */
export function realOutput(ending: string, ...args: readonly string[]): string {
  const to = ending === '.requests.csv' ? '--requests' : '-o';
  return written(ending, (file) => ['run', '-q', to, file, ...args]);
}

/** The columns of the CSV that a command with these arguments writes. */
export function realColumns(...command: readonly string[]): string[] {
  const csv = written('.csv', (file) => [...command, '-q', '-o', file]);
  return (csv.split('\n')[0] ?? '').split(',');
}

function written(ending: string, args: (file: string) => readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'llmsim-docs-'));
  try {
    const file = join(folder, `out${ending}`);
    const env = { ...process.env, XDG_CACHE_HOME: folder };
    execFileSync(process.execPath, [entry, ...args(file)], { cwd: folder, env });
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
