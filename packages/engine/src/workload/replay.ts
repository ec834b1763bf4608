/**
 * Requests read from columns, row by row; the row is the id.
 * Knows no files and no clock.
 */
import type { ReplayWorkload } from '../plan.ts';
import type { RequestSource } from './request-source.ts';

export function replaySource(columns: ReplayWorkload): RequestSource {
  const { arrival_s, prompt_tokens, output_tokens, session } = columns;
  let row = -1;
  return {
    arrival_s: 0,
    prompt_tokens: 0,
    output_tokens: 0,
    session: -1,
    advance() {
      if (++row >= arrival_s.length) return false;
      this.arrival_s = arrival_s[row] ?? 0;
      this.prompt_tokens = prompt_tokens[row] ?? 0;
      this.output_tokens = output_tokens[row] ?? 0;
      if (session !== undefined) this.session = session[row] ?? -1;
      return true;
    },
  };
}
