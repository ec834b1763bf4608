/** A HeatmapSpec in characters: the value of each cell, with a sign for its mark. Knows no metric. */
import type { HeatmapCell, HeatmapSpec } from '@llmsim/analysis';
import type { Paint, Style } from '../terminal/colour.ts';
import type { Charset } from './charset.ts';

const STYLES: Readonly<Record<NonNullable<HeatmapCell['mark']>, Style>> = {
  best: 'green',
  fails: 'red',
  overloaded: 'dim',
};

/** Columns that do not fit go on below, behind the names of the rows again. */
export function heatmapText(spec: HeatmapSpec, width: number, charset: Charset, paint: Paint): string[] {
  const { x, y, value, cells } = spec;
  const texts = cells.map((row) =>
    row.map(({ text, mark }) => `${mark === undefined ? ' ' : charset.marks[mark]} ${charset.text(text)}`),
  );
  const names = y.categories.map((name) => charset.text(name));
  const head = charset.text(`${y.label} \\ ${x.label}`);
  const first = Math.max(head.length, ...names.map(({ length }) => length));
  const columns = x.categories.map((name) => charset.text(name));
  const cell =
    Math.max(...columns.map(({ length }) => length), ...texts.flat().map(({ length }) => length)) + 2;
  const fitting = Math.max(1, Math.floor((width - first) / cell));
  // The title says it already, as a rule.
  const lines: string[] = spec.title.includes(value.label) ? [] : [charset.text(value.label)];
  for (let from = 0; from < columns.length; from += fitting) {
    const part = <T>(row: readonly T[]): readonly T[] => row.slice(from, from + fitting);
    lines.push(
      `${head.padEnd(first)}${part(columns)
        .map((name) => name.padStart(cell))
        .join('')}`,
    );
    // Categories of y go from bottom to top.
    for (let row = names.length - 1; row >= 0; row--) {
      const line = part(texts[row] ?? []).map((text, index) => {
        const mark = cells[row]?.[from + index]?.mark;
        const blank = ' '.repeat(cell - text.length);
        return blank + (mark === undefined ? text : paint(STYLES[mark], text));
      });
      lines.push(`${(names[row] ?? '').padStart(first)}${line.join('')}`);
    }
  }
  const present = (['best', 'fails', 'overloaded'] as const).filter((mark) =>
    cells.flat().some((one) => one.mark === mark),
  );
  if (present.length > 0) {
    lines.push(
      `  ${present.map((mark) => `${paint(STYLES[mark], charset.marks[mark])} ${mark}`).join('   ')}`,
    );
  }
  return lines;
}
