/** A run that has just ended as a document, with the TTFT of every request. Knows no format. */
import type { ResultDocument } from '@llmsim/analysis';
import { runDocument } from '../report/run-document.ts';
import type { RunRecord } from './reporter.ts';

export function recordDocument({ name, result, version, config_hash }: RunRecord): ResultDocument {
  const { report, ttft_s } = result;
  return runDocument({ name, report, ttft_s, version, config_hash });
}
