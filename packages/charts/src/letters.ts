/** A text as its reader counts letters: one with its accents, an emoji with all its parts. Knows no font. */

const SEGMENTER = new Intl.Segmenter();

/** The letters of `text`; what is between two of them may be cut. */
export function letters(text: string): string[] {
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
}
