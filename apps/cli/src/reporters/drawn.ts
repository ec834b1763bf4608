/** `.html` and `.svg`: the run with its charts. Knows no drawing. */
import { chartsSvg } from '@llmsim/charts';
import { documentHtml } from '../drawing/document-html.ts';
import { recordDocument, recordMadeFrom } from './record-document.ts';
import type { Reporter } from './reporter.ts';

export const html: Reporter = {
  report: (record, out) =>
    out.write(documentHtml([recordDocument(record)], [[recordMadeFrom(record, out.folder)]])),
};

export const svg: Reporter = {
  report(record, out) {
    const made_from = { llmsim: record.version, made_from: [recordMadeFrom(record, out.folder)] };
    out.write(chartsSvg(recordDocument(record).charts, made_from));
  },
};
