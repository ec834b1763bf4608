/** A ResultDocument as GitHub-flavoured Markdown, for a pull request or a design document. Knows no analysis. */
import type { AnswerLine, ResultDocument, TableColumn, TableSpec } from '@llmsim/analysis';
import type { MadeFrom } from './made-from.ts';

/** Charts are left to formats that can draw them; at the end stands each configuration, which runs again. */
export function documentMarkdown(
  { title, answer, tables, origin }: ResultDocument,
  made_from: readonly MadeFrom[],
): string {
  const [first, ...others] = answer;
  return [
    `# ${title}\n`,
    ...(first === undefined ? [] : [`\n**${answerText(first)}**\n\n`]),
    ...others.map((line) => `- ${answerText(line)}\n`),
    ...tables.map(markdownTable),
    ...(origin.length === 0
      ? []
      : [`\n${origin.map(({ label, text }) => `${label} ${text}`).join(' · ')}\n`]),
    ...made_from.map(({ name, config }) => {
      const heading = made_from.length === 1 ? '' : `\n${name}:\n`;
      return `${heading}\n\`\`\`json\n${JSON.stringify(config, null, 2)}\n\`\`\`\n`;
    }),
  ].join('');
}

function answerText({ text, met }: AnswerLine): string {
  return met === undefined ? text : `${met ? '✓' : '✗'} ${text}`;
}

/** A table under a heading. */
function markdownTable({ title, columns, rows, notes }: TableSpec): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |\n`;
  return [
    `\n## ${title}\n\n`,
    line(columns.map(({ label }) => label)),
    line(columns.map(rule)),
    ...rows.map((row) => line(row.map(({ text }) => text))),
    ...notes.map((note) => `\n${note}\n`),
  ].join('');
}

function rule({ align }: TableColumn): string {
  return align === 'right' ? '--:' : ':--';
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|');
}
