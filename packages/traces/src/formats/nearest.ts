/**
 * Which name a misspelt one may have meant. Knows no columns.
 */
import leven from 'leven';

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
    const edits = leven(wanted, candidate.toLowerCase());
    if (edits < fewest) {
      fewest = edits;
      nearest = candidate;
    }
  }
  return nearest === null ? null : { name: nearest, change: fewest / wanted.length };
}
