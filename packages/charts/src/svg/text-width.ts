/**
 * How wide a text is where nothing can measure it. Widths are those of Helvetica, whose metrics Arial and Liberation
 * Sans share, by groups of letters. Knows no chart.
 */
import { letters } from '../letters.ts';

/** Share of the font size, by the letters that have it. */
const WIDTHS: ReadonlyArray<readonly [letters: RegExp, width: number]> = [
  [/[ijl'|]/, 0.22],
  [/[ .,:;!/\\ftI[\]]/, 0.28],
  [/[()\-r]/, 0.33],
  [/[cksvxyzJ]/, 0.5],
  [/[ABEKPSVXY&]/, 0.67],
  [/[CDHNRUw]/, 0.72],
  [/[GOQ]/, 0.78],
  [/[mM%W]/, 0.86],
  [/[A-Za-z0-9]/, 0.556],
  // As wide as high: ideographs, syllables, their punctuation, emoji and flags.
  [/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\u3000-\u30ff\uff01-\uff60\p{EPres}\p{RI}]/u, 1],
];

/** Of signs that no group has. */
const OTHERWISE = 0.6;

/** Width of `text` in a font of `size_px`, pixels. */
export function textWidth(text: string, size_px: number): number {
  let width = 0;
  for (const letter of letters(text)) {
    width += WIDTHS.find(([some]) => some.test(letter))?.[1] ?? OTHERWISE;
  }
  return width * size_px;
}
