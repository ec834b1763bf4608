/**
 * The text of a file or of standard input. Knows no formats.
 */
import { createReadStream, readFileSync } from 'node:fs';
import { addAbortSignal } from 'node:stream';
import { type ExitCode, fileTrouble, UserError } from '../exit-codes.ts';

/**
 * All of `path`; `-` is standard input.
 *
 * @throws UserError when it cannot be read.
 */
export async function readText(path: string): Promise<string> {
  if (path !== '-') {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      throw unreadable(path, error);
    }
  }
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) text += chunk;
  return text;
}

/**
 * The bytes of `path`, as they come; `-` is standard input. They end where `signal` aborts.
 *
 * @throws UserError with `exit_code` when it cannot be read.
 */
export async function* readBytes(
  path: string,
  exit_code: ExitCode,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const stream = addAbortSignal(signal, path === '-' ? process.stdin : createReadStream(path));
  try {
    for await (const chunk of stream) yield chunk;
  } catch (error) {
    if (!signal.aborted) throw unreadable(path, error, exit_code);
  }
}

function unreadable(path: string, error: unknown, exit_code?: ExitCode): unknown {
  const reason = fileTrouble(error);
  return reason === null ? error : new UserError(`Cannot read ${path}: ${reason}`, exit_code);
}
