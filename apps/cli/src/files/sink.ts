/**
 * Where one output goes: a file that appears whole or not at all, or standard output. Knows no formats.
 */
import { accessSync, closeSync, constants, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileTrouble, UserError } from '../exit-codes.ts';

/** Text that is collected before one write, UTF-16 units. */
const CHUNK = 1 << 16;

export interface Sink {
  /** Where relative paths in what is written start. */
  readonly folder: string;
  /** Text or, in formats that are not text, bytes. */
  write(content: string | Uint8Array): void;
  /** Makes everything written visible under the output's name. */
  commit(): void;
}

/** Temporary files that have not got their final name. */
const unfinished = new Set<string>();

/** Removes what was left half-written. */
export function discardUnfinished(): void {
  for (const path of unfinished) rmSync(path, { force: true });
  unfinished.clear();
}

/**
 * Opens an output; `-` is standard output.
 *
 * @throws UserError when it cannot be written to.
 */
export function openSink(path: string): Sink {
  if (path === '-') return standardOutput;
  try {
    return isDevice(path) ? directSink(path) : atomicSink(path);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Pipes of the shell, `/dev/null` and the like are written in place: renaming would replace them by a file. */
function isDevice(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return false;
  if (stats.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
  accessSync(path, constants.W_OK);
  return !stats.isFile();
}

function directSink(path: string): Sink {
  const file = openSync(path, 'w');
  return bufferedSink(path, file, () => {});
}

function atomicSink(path: string): Sink {
  const part = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  const file = openSync(part, 'wx');
  unfinished.add(part);
  return bufferedSink(path, file, () => {
    renameSync(part, path);
    unfinished.delete(part);
  });
}

function bufferedSink(path: string, file: number, close: () => void): Sink {
  let pending = '';
  const flush = (): void => {
    const bytes = Buffer.from(pending);
    pending = '';
    writeAll(file, bytes);
  };
  const guarded = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      throw unwritable(path, error);
    }
  };
  return {
    folder: dirname(resolve(path)),
    write(content) {
      if (typeof content !== 'string') {
        guarded(() => {
          flush();
          writeAll(file, content);
        });
        return;
      }
      pending += content;
      if (pending.length >= CHUNK) guarded(flush);
    },
    commit() {
      guarded(() => {
        flush();
        closeSync(file);
        close();
      });
    },
  };
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

const standardOutput: Sink = {
  folder: process.cwd(),
  write: (content) => void process.stdout.write(content),
  commit: () => {},
};

function unwritable(path: string, error: unknown): unknown {
  const reason = fileTrouble(error);
  return reason === null ? error : new UserError(`Cannot write ${path}: ${reason}`);
}
