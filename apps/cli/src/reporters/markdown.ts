/**
 * `.md`: the report as GitHub-flavoured Markdown, for a pull request or a design document.
 */
import { answer, type TableColumn, type TableSpec } from '@llmsim/analysis';
import type { Reporter, RunRecord } from './reporter.ts';
import { tablesOf } from './tables.ts';

export const markdown: Reporter = {
  report(record, out) {
    const { report } = record.result;
    const { verdict, slo, binds, notes } = answer(report);
    out.write(`# ${record.name}\n\n**${verdict}**\n\n`);
    for (const line of slo) out.write(`- ${line.met ? '✓' : '✗'} ${line.text}\n`);
    if (binds !== null) out.write(`- ${binds}\n`);
    for (const note of notes) out.write(`- ${note}\n`);
    for (const table of tablesOf(report)) out.write(markdownTable(table));
    out.write(provenance(record));
  },
};

/** A table under a heading. */
export function markdownTable({ title, columns, rows, notes }: TableSpec): string {
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

function provenance({ version, config_hash, config }: RunRecord): string {
  const lines = JSON.stringify(config, null, 2);
  return `\nllmsim ${version}, configuration ${config_hash.slice(0, 12)}:\n\n\`\`\`json\n${lines}\n\`\`\`\n`;
}
