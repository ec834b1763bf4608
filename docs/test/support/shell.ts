/**
 * Runs a document's commands as a reader would type them, in a folder of its own. `llmsim` and
 * `pnpm --filter cli start` are the built program; any other use of pnpm ends with an error.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { entry } from '../../../apps/cli/build.mjs';
import { root } from './documents.ts';

const PROGRAM = `exec '${process.execPath}' '${entry}' "$@"`;

const SHIMS: Readonly<Record<string, string>> = {
  llmsim: PROGRAM,
  pnpm: `
if [ "$1" = install ]; then exit 0; fi
if [ "$1 $2 $3" = "--filter cli start" ]; then shift 3; ${PROGRAM}; fi
echo "pnpm $* is not run by the tests of the documentation" >&2; exit 1`,
  npx: `
if [ "$1" = -y ] && [ "\${2%%@*}" = pnpm ]; then shift 2; exec pnpm "$@"; fi
echo "npx $* is not run by the tests of the documentation" >&2; exit 1`,
};

/** A folder in which one document's commands run: it looks like a fresh clone to them. */
export class Workplace {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'llmsim-docs-'));
  readonly #bin = join(this.folder, '.bin');

  constructor() {
    mkdirSync(this.#bin);
    for (const [name, script] of Object.entries(SHIMS)) {
      writeFileSync(join(this.#bin, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(this.#bin, name), 0o755);
    }
    cpSync(resolve(root, 'configs'), join(this.folder, 'configs'), { recursive: true });
  }

  /** Runs a script to its end. `output` is what it printed to standard output. */
  run(script: string): { readonly code: number | null; readonly output: string; readonly errors: string } {
    const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', script], {
      cwd: this.folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        PATH: `${this.#bin}${delimiter}${process.env.PATH}`,
        NO_COLOR: '1',
        FORCE_COLOR: undefined,
        INIT_CWD: undefined,
        COLUMNS: '80',
        SOURCE_DATE_EPOCH: '0',
      },
    });
    return { code: status, output: stdout, errors: stderr };
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
