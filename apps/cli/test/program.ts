/**
 * Runs the built program as a user would: a process with arguments, standard input and a folder of its own.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { entry } from '../build.mjs';

export interface Ran {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Circumstances {
  readonly stdin?: string;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The user that runs it. */
  readonly uid?: number;
  /** Presses Ctrl-C once standard error holds this. */
  readonly interruptAt?: RegExp;
}

/** Whatever whoever runs the tests has chosen: no colour, and UTF-8. */
const PLAIN: NodeJS.ProcessEnv = {
  NO_COLOR: undefined,
  FORCE_COLOR: undefined,
  LC_ALL: undefined,
  LC_CTYPE: undefined,
  LANG: undefined,
};

/** The program with these arguments, to its end. */
export function llmsim(args: readonly string[], circumstances: Circumstances = {}): Promise<Ran> {
  const { stdin = '', cwd, env, uid, interruptAt } = circumstances;
  const child = spawn(process.execPath, [entry, ...args], {
    cwd,
    uid,
    env: { ...process.env, ...PLAIN, ...env },
  });
  // What is interrupted may not end by itself, and its test may fail.
  if (interruptAt !== undefined) onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  let interrupted = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (interruptAt === undefined || interrupted || !interruptAt.test(stderr)) return;
    interrupted = true;
    child.kill('SIGINT');
  });
  child.stdin.on('error', () => {}).end(stdin);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

/** What standard error says besides progress, of which only what takes more than a second speaks: on a busy machine anything. */
export function besidesProgress(stderr: string): string {
  return stderr.replace(/^.*\b(?:requests|simulations?) done.*\n/gm, '');
}

/** A folder with these files, for one test unless `end` says when it is not needed any more. */
export function folder(
  files: Readonly<Record<string, string>> = {},
  end: (remove: () => void) => void = onTestFinished,
): string {
  const path = mkdtempSync(join(tmpdir(), 'llmsim-'));
  end(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}
