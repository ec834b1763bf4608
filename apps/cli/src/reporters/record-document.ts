/** A run that has just ended as a document, with the TTFT of every request. Knows no format. */
import type { ResultDocument } from '@llmsim/analysis';
import type { MadeFrom } from '../drawing/made-from.ts';
import { runDocument } from '../report/run-document.ts';
import { configForFile } from '../scenario/config-for-file.ts';
import type { RunRecord } from './reporter.ts';

export function recordDocument({ name, result, version, config_hash }: RunRecord): ResultDocument {
  const { report, ttft_s } = result;
  return runDocument({ name, report, ttft_s, version, config_hash });
}

/** What a file in `folder` says that the run was made from. */
export function recordMadeFrom(record: RunRecord, folder: string): MadeFrom {
  const { name, config_hash, config } = record;
  return { name, config_hash, seed: config.random_seed, config: configForFile(record, folder) };
}
