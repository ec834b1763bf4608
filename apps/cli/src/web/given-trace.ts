/** The trace of a scenario as a file that is handed on to the page. Knows no format. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { GIVEN_FOLDER, MOST_TRACE_BYTES } from '@llmsim/config';
import { UserError } from '../exit-codes.ts';
import { tracePath } from '../scenario/trace-file.ts';
import type { GivenFile } from './page-server.ts';

export interface GivenTrace extends GivenFile {
  /** The last part of its path, which the page knows it by. */
  readonly name: string;
}

/**
 * @param path - as the scenario has it
 * @param folder - where relative paths start
 * @throws UserError for a trace that no page can get.
 */
export function givenTrace(path: string, folder: string, most_bytes: number = MOST_TRACE_BYTES): GivenTrace {
  if (path === '-') {
    throw new UserError(
      '--web cannot hand on a trace from standard input: write it to a file, and name that',
    );
  }
  const file = tracePath(path, folder);
  const { size } = statSync(file);
  if (size > most_bytes) {
    const [has, most] = [size, most_bytes].map((bytes) => `${(bytes / 1e9).toPrecision(3)} GB`);
    throw new UserError(
      `${path} has ${has}, and the dashboard takes traces of ${most} at most: leave out --web, or shorten it with llmsim trace`,
    );
  }
  const name = basename(file);
  return { name, path: file, at: `/${GIVEN_FOLDER}/${encodeURIComponent(name)}` };
}
