/** The x axis of a terminal chart: the line under the plot with its ticks, and what they say. Knows no series. */
import type { Axis } from './axis.ts';
import type { Charset } from './charset.ts';
import { Grid } from './grid.ts';

/** Every tick, or every second, third… so that each has room; `left` columns stand before the corner. */
export function floorText({ ticks }: Axis, left: number, right: number, charset: Charset): string[] {
  const width = left + 1 + right;
  const words = ticks
    .filter(({ cell }) => cell >= 0 && cell < right)
    .map(({ cell, text }) => {
      const word = charset.text(text);
      const start = left + 1 + cell - Math.floor(word.length / 2);
      return { cell, word, start: Math.max(0, Math.min(start, width - word.length)) };
    });
  let shown = words;
  for (let stride = 2; shown.some(({ start }, at) => start < endOf(shown[at - 1])); stride++) {
    shown = words.filter((_, at) => at % stride === 0);
  }
  const floor = Array.from({ length: right }, () => charset.floor);
  const texts = new Grid(width, 1);
  for (const { cell, word, start } of shown) {
    floor[cell] = charset.tick;
    texts.write(start, 0, word);
  }
  return [`${' '.repeat(left)}${charset.corner}${floor.join('')}`, ...texts.lines((_, text) => text)];
}

/** Where the next text may start. */
function endOf(before: { readonly start: number; readonly word: string } | undefined): number {
  return before === undefined ? 0 : before.start + before.word.length + 2;
}
