/**
 * The words of a command as one would type them. Knows no option.
 */
import { shellWord } from '@llmsim/config';
import type { Assignment } from '../scenario/load.ts';

/** `llmsim run …` with the options that changed the configuration, each with its value. */
export function commandLine(given: string | undefined, assignments: readonly Assignment[]): string[] {
  const flags = new Set(assignments.map(({ flag }) => flag));
  return ['llmsim run', ...(given === undefined ? [] : [shellWord(given)]), ...[...flags].map(shellOption)];
}

/** `--set a=b c` → `--set 'a=b c'`. */
function shellOption(flag: string): string {
  const space = flag.indexOf(' ');
  return `${flag.slice(0, space)} ${shellWord(flag.slice(space + 1))}`;
}
