/** Prose in lines of a terminal. Knows no layout. */
import { columnsOf } from './columns.ts';

/** Between two letters of scripts that write no spaces. */
const WITHOUT_SPACE = /(?<=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}])(?=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}])/u;

/** Breaks `text` into lines of at most `width` columns, at spaces but not between a number and its unit or interval. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/(?<![\d±]|\+-) (?!±|\+-)/)) {
    for (const [at, piece] of word.split(WITHOUT_SPACE).entries()) {
      const longer = `${lines.at(-1) ?? ''}${at === 0 ? ' ' : ''}${piece}`;
      if (lines.length > 0 && columnsOf(longer) <= width) lines[lines.length - 1] = longer;
      else lines.push(piece);
    }
  }
  return lines;
}
