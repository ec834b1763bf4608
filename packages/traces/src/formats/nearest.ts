/**
 * Which name a misspelt one may have meant. Knows no columns.
 */

/** A name that looks like another one. */
export interface NearName {
  readonly name: string;
  /** Letters to change, as a part of all letters: 0 when only case differs. */
  readonly change: number;
}

/** The candidate that looks most like `name`, or null when none does. Case does not count. */
export function nearestName(name: string, candidates: readonly string[]): NearName | null {
  const wanted = name.toLowerCase();
  let nearest: string | null = null;
  let fewest = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    if (candidate.length > 64) continue;
    const edits = editDistance(wanted, candidate.toLowerCase());
    if (edits < fewest) {
      fewest = edits;
      nearest = candidate;
    }
  }
  return nearest === null ? null : { name: nearest, change: fewest / wanted.length };
}

/** Insertions, deletions and substitutions that turn `a` into `b` (Levenshtein 1966). */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substituted));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
