/**
 * The document inside a JSON result: as it was stored, or built again from the report of a run.
 * Knows no files and no drawing.
 */
import type { ResultDocument } from '@llmsim/analysis';
import type { SimulationReport } from '@llmsim/engine';
import * as z from 'zod';
import { compatible } from './compatible.ts';
import { documentSchema } from './document-schema.ts';
import { runDocument } from './run-document.ts';

export type StoredResult =
  | { readonly document: ResultDocument; readonly problem: null }
  | { readonly document: null; readonly problem: string };

const REMAKE = 'Make it again with this one: the configuration inside runs as it is.';

/** What `text` holds, or in words why it is no result that can be shown; `name` is the title of a run. */
export function storedResult(text: string, name: string): StoredResult {
  const refused = (problem: string): StoredResult => ({ document: null, problem });
  const result = parsed(text);
  if (result === undefined) return refused('it is not JSON; report reads what -o FILE.json wrote');
  // `.vllm.json` keeps everything of ours under one key.
  const keys = z.object({ llmsim: z.looseObject({}) }).safeParse(result).data?.llmsim ?? result;
  const marked = z.looseObject({ version: z.string() }).safeParse(keys).data;
  if (marked === undefined) return refused('it is no result of llmsim: it has no version');
  if (!compatible(marked.version)) {
    return refused(
      `it was made by llmsim ${marked.version}, whose results this version does not read. ${REMAKE}`,
    );
  }
  if (marked.document !== undefined) {
    const checked = documentSchema.safeParse(marked.document);
    if (checked.success) return { document: checked.data, problem: null };
    return refused(`its document is damaged: ${firstIssue(checked.error)}`);
  }
  return runResult(marked, name) ?? refused('it is no result of llmsim that holds a report');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function firstIssue({ issues: [issue] }: z.ZodError): string {
  return issue === undefined ? 'unknown' : `${issue.path.join('.')}: ${issue.message}`;
}

function runResult(marked: Readonly<Record<string, unknown>>, name: string): StoredResult | null {
  const { version, config_hash, report } = marked;
  if (typeof version !== 'string' || typeof config_hash !== 'string' || !isReport(report)) return null;
  try {
    return { document: runDocument({ name, report, ttft_s: null, version, config_hash }), problem: null };
  } catch (error) {
    // What the report lacks, the tables stumble over.
    if (error instanceof TypeError)
      return { document: null, problem: 'its report is damaged: parts are missing' };
    throw error;
  }
}

/** Whether it looks like a report of a run. */
function isReport(value: unknown): value is SimulationReport {
  const parts = ['verdict', 'ttft_s', 'pools', 'outcomes', 'window_s'];
  return typeof value === 'object' && value !== null && parts.every((part) => part in value);
}
