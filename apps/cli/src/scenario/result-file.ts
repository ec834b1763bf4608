/**
 * An earlier result as a scenario: the configuration inside a JSON file that a command wrote. Knows no schema.
 */
import { ownPart, versionProblem } from '@llmsim/analysis';
import { UserError } from '../exit-codes.ts';
import { version } from '../version.ts';

/**
 * The configuration of a result as text, null when the text is no result.
 *
 * @param file - as messages call it
 * @throws UserError for a result of several configurations, or of a version that this one does not read.
 */
export function configOfResult(text: string, file: string): string | null {
  if (!text.trimStart().startsWith('{')) return null;
  const own = ownPart(parsed(text));
  if (own === null) return null;
  if (own.kind === 'compare') {
    throw new UserError(
      `${file}: it compares several configurations. Copy one from options[…].config into a file of its own.`,
    );
  }
  if (!('config' in own && 'config_hash' in own)) return null;
  const problem = versionProblem(own.version, version);
  if (problem !== null) throw new UserError(`${file}: ${problem}`);
  return JSON.stringify(own.config, null, 2);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
