/** A rectangle of characters to write in. Knows no chart and no colours but their names. */
import type { Paint, Style } from '../terminal/colour.ts';

interface Cell {
  readonly character: string;
  readonly style: Style | undefined;
}

export class Grid {
  readonly width: number;
  readonly height: number;
  readonly #rows: Array<Array<Cell | undefined>>;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#rows = Array.from({ length: height }, () => new Array(width));
  }

  /** Writes at a column from the left and a row from the top; outside there is nothing to write on. */
  put(column: number, row: number, text: string, style?: Style): void {
    const line = this.#rows[row];
    if (line === undefined) return;
    for (const [index, character] of [...text].entries()) {
      const at = column + index;
      if (at >= 0 && at < this.width) line[at] = { character, style };
    }
  }

  /** The lines from the top, without spaces at their ends. */
  lines(paint: Paint): string[] {
    return this.#rows.map((row) => {
      let text = '';
      let spaces = '';
      for (const cell of Array.from(row)) {
        if (cell === undefined || cell.character === ' ') {
          spaces += ' ';
          continue;
        }
        text += spaces + (cell.style === undefined ? cell.character : paint(cell.style, cell.character));
        spaces = '';
      }
      return text;
    });
  }
}
