/**
 * `.md`: the report as GitHub-flavoured Markdown, for a pull request or a design document.
 */
import { answer } from '@llmsim/analysis';
import { markdownTable } from '../drawing/document-markdown.ts';
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

function provenance({ version, config_hash, config }: RunRecord): string {
  const lines = JSON.stringify(config, null, 2);
  return `\nllmsim ${version}, configuration ${config_hash.slice(0, 12)}:\n\n\`\`\`json\n${lines}\n\`\`\`\n`;
}
