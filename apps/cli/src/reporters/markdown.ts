/** `.md`: the report as GitHub-flavoured Markdown, for a pull request or a design document, and what runs it again. */
import { documentMarkdown } from '../drawing/document-markdown.ts';
import { recordDocument } from './record-document.ts';
import type { Reporter } from './reporter.ts';

export const markdown: Reporter = {
  report(record, out) {
    out.write(documentMarkdown(recordDocument(record)));
    out.write(`\n\`\`\`json\n${JSON.stringify(record.config, null, 2)}\n\`\`\`\n`);
  },
};
