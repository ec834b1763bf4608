/**
 * What a scenario file says about itself in its first comment. Lists no folders.
 */

/** A scenario's one-line title and the rest of its first comment. */
export interface ScenarioTitle {
  readonly title: string;
  readonly about: string;
}

/**
 * Reads the first comment of a scenario's text: its first sentence or line is the title. Lines that speak to an
 * editor are left out; both parts are empty without a comment.
 *
 * @example
 * scenarioTitle('# Light load: one GPU each.\n# TTFT is almost pure prefill.\nmode: disagg\n');
 * // { title: 'Light load: one GPU each.', about: 'TTFT is almost pure prefill.' }
 */
export function scenarioTitle(text: string): ScenarioTitle {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const comment: string[] = [];
  for (const line of lines) {
    const words = /^#\s?(.*)$/.exec(line)?.[1]?.trim();
    const ends = words === undefined ? line.trim() !== '' : words === '';
    if (comment.length > 0 ? words === undefined || ends : ends && words === undefined) break;
    if (words === undefined || words === '' || words.startsWith('yaml-language-server:')) continue;
    comment.push(words);
  }
  const [title = '', ...about] = comment;
  return { title, about: about.join(' ') };
}
