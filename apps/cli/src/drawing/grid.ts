/** A rectangle of characters to write in. Knows no chart and no colours but their names. */
import { letters } from '@llmsim/charts';
import type { Paint, Style } from '../terminal/colour.ts';
import { columnsOf } from '../terminal/columns.ts';

interface Cell {
  /** Empty where a letter that starts before it goes on. */
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

  /** Signs of one column each, from a column on in a row from the top; outside there is nothing to write on. */
  put(column: number, row: number, signs: string, style?: Style): void {
    for (const [index, sign] of [...signs].entries())
      this.#set(column + index, row, 1, { character: sign, style });
  }

  /** Any text, in the same way. */
  write(column: number, row: number, text: string): void {
    let at = column;
    for (const letter of letters(text)) {
      const columns = columnsOf(letter);
      if (columns > 0) this.#set(at, row, columns, { character: letter, style: undefined });
      at += columns;
    }
  }

  /** A letter of which an edge or another text leaves only a part is not shown. */
  #set(column: number, row: number, columns: number, cell: Cell): void {
    const line = this.#rows[row];
    if (line === undefined || column < 0 || column + columns > this.width) return;
    let [from, to] = [column, column + columns];
    while (line[from]?.character === '') from--;
    while (line[to]?.character === '') to++;
    line.fill(undefined, from, to);
    line[column] = cell;
    line.fill({ character: '', style: undefined }, column + 1, column + columns);
  }

  /** The lines from the top, without spaces at their ends. */
  lines(paint: Paint): string[] {
    return this.#rows.map((row) => {
      let text = '';
      let spaces = '';
      for (const cell of Array.from(row)) {
        if (cell?.character === '') continue;
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
