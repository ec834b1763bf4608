/**
 * Text cut anywhere → batches of whole lines. Knows no cells and no quotes.
 */

/** Consecutive lines without their line ends. */
export interface LineBatch {
  /** Number of the first line, from 1. */
  readonly first: number;
  readonly lines: readonly string[];
  /** The last line is longer than any trace needs; nothing after it was read. */
  readonly endless?: true;
}

/** Characters in a line: a prompt of a million tokens in blocks of 16 fits many times over. */
export const LONGEST_LINE = 16_777_216;

/** Lines end in LF or CRLF; the last one may lack its end. */
export async function* lineBatches(texts: AsyncIterable<string>): AsyncGenerator<LineBatch> {
  let first = 1;
  let rest = '';
  for await (const text of texts) {
    const cut = text.lastIndexOf('\n');
    if (cut < 0) {
      rest += text;
      if (rest.length <= LONGEST_LINE) continue;
      yield { first, lines: [rest], endless: true };
      return;
    }
    const lines = (rest + text.slice(0, cut)).split('\n').map(withoutReturn);
    rest = text.slice(cut + 1);
    yield { first, lines };
    first += lines.length;
  }
  if (rest !== '') yield { first, lines: [withoutReturn(rest)] };
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
