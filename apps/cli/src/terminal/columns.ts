/** How much of a terminal's line a text takes: letters may be two columns wide, or none. Knows no colour but skips it. */
import stringWidth from 'string-width';

/** Columns of `text`; codes of colours take none. */
export function columnsOf(text: string): number {
  return stringWidth(text);
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
