/** Where the curves of a terminal chart are drawn: its characters and its axes. Knows no series. */
import type { Axis } from './axis.ts';
import type { Charset } from './charset.ts';
import type { Grid } from './grid.ts';

export interface Plot {
  readonly grid: Grid;
  readonly x: Axis;
  readonly y: Axis;
  readonly charset: Charset;
}

/** The row of a value, counted from the top; null for what the axis has no place for. */
export function rowOf({ y, grid }: Plot, value: number): number | null {
  const cell = y.cellOf(value);
  return cell === null ? null : grid.height - 1 - cell;
}
