/**
 * Tells text from what is not. Knows no traces.
 */

const NOT_TEXT = /[\0\uFFFD]/;

/** Where the first character stands that text cannot hold, or −1. */
export function firstNotText(line: string): number {
  return line.search(NOT_TEXT);
}

/** How files that are not text begin once decoded, and what to do with them. */
const KNOWN: readonly (readonly [start: string, what: string, fix: string])[] = [
  ['\u001f\uFFFD', 'gzip-compressed', 'Unpack it first, for example with gunzip.'],
  ['PK\u0003\u0004', 'a zip archive', 'Unpack it first, for example with unzip.'],
  ['PAR1', 'a Parquet file', 'Convert it to CSV or JSONL first.'],
  ['\uFFFD\uFFFD', 'UTF-16 text or binary', 'Save it as UTF-8.'],
];

/** What a file with this first line probably is, and the way out. */
export function describeNotText(first_line: string): { readonly what: string; readonly fix: string } {
  const known = KNOWN.find(([start]) => first_line.startsWith(start));
  return known === undefined
    ? { what: 'not UTF-8 text', fix: 'Give a CSV or JSONL file in UTF-8.' }
    : { what: known[1], fix: known[2] };
}
