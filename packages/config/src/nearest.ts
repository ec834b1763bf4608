/**
 * Which known words an unknown word may have meant. Knows no keys.
 */
import leven from 'leven';

const MOST_SUGGESTIONS = 3;
const LONGEST_WORD = 64;

/** Up to three candidates that look like `word`, the likeliest first. */
export function nearest(word: string, candidates: readonly string[]): string[] {
  if (word.length > LONGEST_WORD) return [];
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
  const distance = leven(word, candidate);
  const contained =
    Math.min(word.length, candidate.length) >= 3 &&
    (word.split('/').every((part) => candidate.includes(part)) || word.includes(candidate));
  return contained ? Math.min(distance, 1) : distance;
}
