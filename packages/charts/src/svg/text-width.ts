/**
 * How wide a text is where nothing can measure it. Widths are those of Helvetica, whose metrics Arial and Liberation
 * Sans share, by groups of characters. Knows no chart.
 */

/** Share of the font size, by the characters that have it. */
const WIDTHS: ReadonlyArray<readonly [characters: RegExp, width: number]> = [
  [/[ijl'|]/, 0.22],
  [/[ .,:;!/\\ftI[\]]/, 0.28],
  [/[()\-r]/, 0.33],
  [/[cksvxyzJ]/, 0.5],
  [/[ABEKPSVXY&]/, 0.67],
  [/[CDHNRUw]/, 0.72],
  [/[GOQ]/, 0.78],
  [/[mM%W]/, 0.86],
  [/[A-Za-z0-9]/, 0.556],
];

/** Of signs that no group has. */
const OTHERWISE = 0.6;

/** Width of `text` in a font of `size_px`, pixels. */
export function textWidth(text: string, size_px: number): number {
  let width = 0;
  for (const character of text) {
    width += WIDTHS.find(([characters]) => characters.test(character))?.[1] ?? OTHERWISE;
  }
  return width * size_px;
}
