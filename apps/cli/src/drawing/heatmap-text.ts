/** A HeatmapSpec in characters: the value of each cell, with a sign for its mark. Knows no metric. */
import type { HeatmapCell, HeatmapSpec } from '@llmsim/analysis';
import { MARKS, marksOf } from '@llmsim/charts';
import type { Paint, Style } from '../terminal/colour.ts';
import { columnsOf, padEnd, padStart } from '../terminal/columns.ts';
import { type Charset, textWithin } from './charset.ts';
import { legendText } from './legend-text.ts';

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
  const half = Math.floor(width / 2);
  const names = y.categories.map((name) => textWithin(name, half, charset));
  const head = textWithin(`${y.label} \\ ${x.label}`, half, charset);
  const first = Math.max(columnsOf(head), ...names.map(columnsOf));
  const columns = x.categories.map((name) => textWithin(name, width - first - 2, charset));
  const cell = Math.max(...columns.map(columnsOf), ...texts.flat().map(columnsOf)) + 2;
  const fitting = Math.max(1, Math.floor((width - first) / cell));
  // The title says it already, as a rule.
  const lines: string[] = spec.title.includes(value.label) ? [] : [textWithin(value.label, width, charset)];
  for (let from = 0; from < columns.length; from += fitting) {
    const part = <T>(row: readonly T[]): readonly T[] => row.slice(from, from + fitting);
    lines.push(
      `${padEnd(head, first)}${part(columns)
        .map((name) => padStart(name, cell))
        .join('')}`,
    );
    // Categories of y go from bottom to top.
    for (let row = names.length - 1; row >= 0; row--) {
      const line = part(texts[row] ?? []).map((text, index) => {
        const mark = cells[row]?.[from + index]?.mark;
        return padStart(mark === undefined ? text : paint(STYLES[mark], text), cell);
      });
      lines.push(`${padStart(names[row] ?? '', first)}${line.join('')}`);
    }
  }
  const marks = marksOf(spec).map((mark) => ({
    sign: charset.marks[mark],
    name: MARKS[mark].meaning,
    style: STYLES[mark],
  }));
  return [...lines, ...legendText(marks, width, charset, paint)];
}
