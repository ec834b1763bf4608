/** `.html` and `.svg`: the run with its charts. Knows no drawing. */
import { chartsSvg } from '@llmsim/charts';
import { documentHtml } from '../drawing/document-html.ts';
import { recordDocument } from './record-document.ts';
import type { Reporter } from './reporter.ts';

export const html: Reporter = {
  report: (record, out) => out.write(documentHtml([recordDocument(record)])),
};

export const svg: Reporter = {
  report: (record, out) => out.write(chartsSvg(recordDocument(record).charts)),
};
