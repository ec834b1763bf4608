/**
 * The document inside a result that was stored as JSON: checked, since anybody may have written it. Knows no file.
 */
import type { ResultDocument } from '../views/result-document.ts';
import { compatible } from './compatible.ts';
import { documentSchema } from './document-schema.ts';

export type StoredDocument =
  | { readonly document: ResultDocument; readonly problem: null }
  | { readonly document: null; readonly problem: string };

const REMAKE = 'Make it again with this one: what stands in it under config runs as a file of its own.';

/**
 * What of a parsed result is llmsim's own: `.vllm.json` keeps all of it under one key. Null for what is no object.
 *
 * @example
 * ownPart({ duration: 3, llmsim: { version: '0.1.0' } }); // { version: '0.1.0' }
 */
export function ownPart(result: unknown): Readonly<Record<string, unknown>> | null {
  if (!isRecord(result)) return null;
  return isRecord(result.llmsim) ? result.llmsim : result;
}

/**
 * Why version `own` does not read what `version` wrote, in words; null where it does.
 *
 * @example
 * versionProblem('0.1.4', '0.1.0'); // null
 */
export function versionProblem(version: unknown, own: string): string | null {
  if (typeof version !== 'string') return 'it is no result of llmsim: it has no version';
  if (compatible(version, own)) return null;
  // Nobody's version is longer, and a message is no place for more.
  return `it was made by llmsim ${version.slice(0, 20)}, whose results this version does not read. ${REMAKE}`;
}

/**
 * The document as it was stored, or in words what is wrong with it.
 *
 * @example
 * storedDocument(JSON.parse(text).document).document?.title;
 */
export function storedDocument(value: unknown): StoredDocument {
  const { data, error } = documentSchema.safeParse(value);
  if (data !== undefined) return { document: data, problem: null };
  const [issue] = error?.issues ?? [];
  const where = issue === undefined ? 'unknown' : `${issue.path.join('.')}: ${issue.message}`;
  return { document: null, problem: `its document is damaged: ${where}` };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
