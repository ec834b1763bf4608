/**
 * What the cells of a heatmap look like: shaded by rank, so that one huge value does not make the others alike, and
 * marked by a sign as well. Knows no drawing.
 */
import type { HeatmapCell, HeatmapSpec } from '@llmsim/analysis';
import { mixed, type Palette } from './palette.ts';

/** A sign before the text of a marked cell, and what it means. */
export const MARKS: Readonly<
  Record<NonNullable<HeatmapCell['mark']>, { readonly sign: string; readonly meaning: string }>
> = {
  best: { sign: '★', meaning: 'best' },
  fails: { sign: '✗', meaning: 'fails' },
  overloaded: { sign: '▲', meaning: 'overloaded' },
};

/** From 0 for the worst to 1 for the best value; cells without a number or that are overloaded have none. */
export type Goodness = (cell: HeatmapCell) => number | null;

export function goodness({ cells, value: { better } }: HeatmapSpec): Goodness {
  const values = new Set<number>();
  for (const { value, mark } of cells.flat()) {
    if (value !== null && mark !== 'overloaded') values.add(value);
  }
  const worstFirst = [...values].sort((a, b) => (better === 'higher' ? a - b : b - a));
  const rank = new Map(worstFirst.map((value, index) => [value, index / Math.max(1, worstFirst.length - 1)]));
  return ({ value, mark }) => (value === null || mark === 'overloaded' ? null : (rank.get(value) ?? null));
}

/** The text of a cell with the sign of its mark. */
export function signed({ text, mark }: HeatmapCell): string {
  return mark === undefined ? text : `${MARKS[mark].sign} ${text}`;
}

/** The marks that a heatmap has, in a fixed order. */
export function marksOf({ cells }: HeatmapSpec): Array<NonNullable<HeatmapCell['mark']>> {
  const present = new Set(cells.flat().map(({ mark }) => mark));
  return (['best', 'fails', 'overloaded'] as const).filter((mark) => present.has(mark));
}

/** The colour of a cell: pale enough that the ink on it can be read. */
export function shade(good: number | null, { surface, rule, series, ink }: Palette): string {
  return good === null ? rule : mixed(surface, series[0] ?? ink, 0.06 + 0.4 * good);
}
