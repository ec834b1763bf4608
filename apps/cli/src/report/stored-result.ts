/**
 * The document inside a JSON result: as it was stored, or built again from the report of a run.
 * Knows no files and no drawing.
 */
import { ownPart, type StoredDocument, storedDocument, versionProblem } from '@llmsim/analysis';
import type { SimulationReport } from '@llmsim/engine';
import { version } from '../version.ts';
import { runDocument } from './run-document.ts';

/** What `text` holds, or in words why it is no result that can be shown; `name` is the title of a run. */
export function storedResult(text: string, name: string): StoredDocument {
  const refused = (problem: string): StoredDocument => ({ document: null, problem });
  const result = parsed(text);
  if (result === undefined) return refused('it is not JSON; report reads what -o FILE.json wrote');
  const own = ownPart(result);
  const foreign = versionProblem(own?.version, version);
  if (own === null || foreign !== null) return refused(foreign ?? 'it is no result of llmsim');
  if (own.document !== undefined) return storedDocument(own.document);
  return runResult(own, name) ?? refused('it is no result of llmsim that holds a report');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function runResult(marked: Readonly<Record<string, unknown>>, name: string): StoredDocument | null {
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
