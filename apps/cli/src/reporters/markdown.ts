/** `.md`: the report as GitHub-flavoured Markdown, for a pull request or a design document, and what runs it again. */
import { documentMarkdown } from '../drawing/document-markdown.ts';
import { recordDocument, recordMadeFrom } from './record-document.ts';
import type { Reporter } from './reporter.ts';

export const markdown: Reporter = {
  report(record, out) {
    out.write(documentMarkdown(recordDocument(record), [recordMadeFrom(record, out.folder)]));
  },
};
