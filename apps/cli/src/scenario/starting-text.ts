/**
 * The text of a new scenario file: every default, or the server that a vllm command starts. Writes no files.
 */

import { readFileSync } from 'node:fs';
import { defaultConfig, formatProblem, fromVllmServe, toYaml } from '@llmsim/config';
import { UserError } from '../exit-codes.ts';
import { tell } from '../terminal/tell.ts';

/** @throws UserError with every flag that is not understood. */
export function startingText(command: string | undefined, gpu: string | undefined): string {
  if (command === undefined)
    return toYaml(defaultConfig(), { title: 'My scenario: every key with its default.' });
  const served = fromVllmServe(command, { ...(gpu === undefined ? {} : { gpu }), readConfig });
  if (!served.ok) {
    const lines = served.problems.map(formatProblem);
    throw new UserError(
      lines.length === 1 ? lines.join('') : `${lines.length} problems\n${lines.join('\n')}`,
    );
  }
  for (const note of served.notes) tell(`note: ${note}`);
  // The command says nothing of a disaggregated cluster: without it, one is taken to be of the same machines.
  const title = `The server of: ${served.command}`;
  return toYaml(served.config, { title, without: 'cluster_disagg' });
}

function readConfig(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new UserError(`--config ${path}: there is no such file to read. Paths start where llmsim runs.`);
  }
}
