/**
 * Offsets in a text as lines and columns. The parser's own line counter loses lines beside some mistakes.
 */

/** A place in a text: line and column from 1, the column in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A function from offsets to places; an offset beyond the text is its end. */
export function placesIn(text: string): (offset: number) => Place {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    const inside = Math.min(offset, text.length);
    let line = 0;
    let beyond = starts.length;
    while (beyond - line > 1) {
      const middle = (line + beyond) >>> 1;
      if ((starts[middle] ?? 0) <= inside) line = middle;
      else beyond = middle;
    }
    return { line: line + 1, column: inside - (starts[line] ?? 0) + 1 };
  };
}
