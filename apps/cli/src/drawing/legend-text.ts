/** The legend of a terminal chart: signs with names, as many on a line as fit. Knows no chart. */
import type { Paint, Style } from '../terminal/colour.ts';
import { columnsOf } from '../terminal/columns.ts';
import { type Charset, textWithin } from './charset.ts';

export interface LegendEntry {
  readonly sign: string;
  readonly name: string;
  /** Of the sign; plain when left out. */
  readonly style?: Style;
}

/** Two spaces, the sign, a space before the name and one behind. */
const AROUND = 5;

export function legendText(
  entries: readonly LegendEntry[],
  width: number,
  charset: Charset,
  paint: Paint,
): string[] {
  const lines: string[] = [];
  let used = width;
  for (const { sign, name: whole, style } of entries) {
    const name = textWithin(whole, width - AROUND, charset);
    const columns = columnsOf(name) + AROUND;
    if (used + columns > width) {
      lines.push('');
      used = 0;
    }
    lines[lines.length - 1] += `  ${style === undefined ? sign : paint(style, sign)} ${name} `;
    used += columns;
  }
  return lines.map((line) => line.trimEnd());
}
