/**
 * Which known words an unknown word may have meant. Knows no keys.
 */
const MOST_SUGGESTIONS = 3;

/** Up to three candidates that look like `word`, the likeliest first. */
export function nearest(word: string, candidates: readonly string[]): string[] {
  if (word.length > 64) return [];
  const wanted = word.toLowerCase();
  return candidates
    .map((candidate) => ({ candidate, distance: likeness(wanted, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(wanted.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST_SUGGESTIONS)
    .map(({ candidate }) => candidate);
}

/** Edits apart; a word contained in the other, such as `gpus` in `num_gpus` or `a/b` in `a-1/b`, counts as one. */
function likeness(word: string, candidate: string): number {
  const distance = editDistance(word, candidate);
  const contained =
    Math.min(word.length, candidate.length) >= 3 &&
    (word.split('/').every((part) => candidate.includes(part)) || word.includes(candidate));
  return contained ? Math.min(distance, 1) : distance;
}

/**
 * Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`
 * (Damerau 1964, optimal string alignment).
 */
export function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substituted);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (beforePrevious[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    beforePrevious = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}
