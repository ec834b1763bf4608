/**
 * How much of a terminal's line a text takes: letters may be two columns wide, or none. Knows no colour but skips it.
 * Not exact for letters of Indic scripts, where the C library counts others too.
 */
import stringWidth from 'fast-string-width';

/** Latin letters, signs and what charts are drawn with: a column each, which needs no tables to tell. */
const ONE_EACH = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2200-\u22ff\u2500-\u25fc\u2800-\u28ff]*$/;

/** Where a word may be broken; nothing is shown. */
const ZERO_WIDTH_SPACE = '\u200b';

/** Columns of `text`; codes of colours take none. Composed first: letters in parts are counted part by part. */
export function columnsOf(text: string): number {
  if (ONE_EACH.test(text)) return text.length;
  return stringWidth(text.replaceAll(ZERO_WIDTH_SPACE, '').normalize('NFC'));
}

/** `text` with spaces behind it, up to so many columns. */
export function padEnd(text: string, columns: number): string {
  return text + blank(columns - columnsOf(text));
}

/** `text` with spaces before it, up to so many columns. */
export function padStart(text: string, columns: number): string {
  return blank(columns - columnsOf(text)) + text;
}

function blank(columns: number): string {
  return ' '.repeat(Math.max(0, columns));
}
