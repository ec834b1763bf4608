/** `.html` and `.svg`: the run with its charts. Knows no drawing. */
import { chartsSvg } from '@llmsim/charts';
import { documentHtml } from '../drawing/document-html.ts';
import { runDocument } from '../report/run-document.ts';
import type { Reporter, RunRecord } from './reporter.ts';

export const html: Reporter = {
  report: (record, out) => out.write(documentHtml([documentOf(record)])),
};

export const svg: Reporter = {
  report: (record, out) => out.write(chartsSvg(documentOf(record).charts)),
};

function documentOf({ name, result, version, config_hash }: RunRecord): ReturnType<typeof runDocument> {
  const { report, ttft_s } = result;
  return runDocument({ name, report, ttft_s, version, config_hash });
}
