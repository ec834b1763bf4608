/**
 * A file that is read while somebody may watch how far. Knows no formats.
 */
import { constants } from 'node:buffer';
import { statSync } from 'node:fs';
import { type ExitCode, UserError } from '../exit-codes.ts';
import { megabytes } from '../terminal/amount-progress.ts';
import { watchedWork } from '../terminal/watched-work.ts';
import { readBytes } from './read-text.ts';

export interface WatchedFile {
  /** `-` is standard input. */
  readonly path: string;
  /** As messages call it. */
  readonly file: string;
  /** Where it cannot be read. */
  readonly exit_code: ExitCode;
  /** Whether nobody watches. */
  readonly quiet: boolean;
}

/**
 * What `read` makes of the bytes.
 *
 * @throws UserError when they cannot be read, Interrupted after Ctrl-C.
 */
export function readWatched<Result>(
  { path, file, exit_code, quiet }: WatchedFile,
  read: (bytes: AsyncIterable<Uint8Array>) => Promise<Result>,
): Promise<Result> {
  const watched = { subject: file, verb: 'read', total: sizeOf(path), inWords: megabytes, quiet };
  return watchedWork(watched, async ({ signal, update, pause }) => {
    async function* counted(): AsyncGenerator<Uint8Array> {
      let done = 0;
      for await (const bytes of readBytes(path, exit_code, signal)) {
        yield bytes;
        done += bytes.length;
        update(done);
      }
      await pause();
    }
    return read(counted());
  });
}

/**
 * All of it as UTF-8 text, without a byte order mark.
 *
 * @throws UserError when it cannot be read or is longer than a text can be, Interrupted after Ctrl-C.
 */
export function readWatchedText(watched: WatchedFile): Promise<string> {
  return readWatched(watched, async (bytes) => {
    const decoder = new TextDecoder();
    let text = '';
    for await (const piece of bytes) {
      if (text.length + piece.length > constants.MAX_STRING_LENGTH) {
        const most = megabytes(constants.MAX_STRING_LENGTH);
        throw new UserError(`Cannot read ${watched.file}: it has more than ${most}`, watched.exit_code);
      }
      text += decoder.decode(piece, { stream: true });
    }
    return text + decoder.decode();
  });
}

/** Bytes of a file; null for standard input, pipes and what is not there. */
function sizeOf(path: string): number | null {
  const stats = path === '-' ? undefined : statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() ? stats.size : null;
}
