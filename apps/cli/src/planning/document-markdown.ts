/** A result document as GitHub-flavoured Markdown. Knows no analysis. */
import type { ResultDocument } from '@llmsim/analysis';
import { markdownTable } from '../reporters/markdown.ts';

export function documentMarkdown({ title, answer, tables, origin }: ResultDocument): string {
  const sign = (met: boolean | undefined): string => (met === undefined ? '' : met ? '✓ ' : '✗ ');
  return [
    `# ${title}\n\n`,
    ...answer.map(({ text, met }) => `- ${sign(met)}${text}\n`),
    ...tables.map(markdownTable),
    `\n${origin.map(({ label, text }) => `${label} ${text}`).join(', ')}\n`,
  ].join('');
}
