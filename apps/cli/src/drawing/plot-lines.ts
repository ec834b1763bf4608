/** Lines from edge to edge of a terminal chart, and their labels. Knows no series. */
import type { ChartSpec } from '@llmsim/analysis';
import { columnsOf } from '../terminal/columns.ts';
import { textWithin } from './charset.ts';
import { type Plot, rowOf } from './plot.ts';

export function drawAcross(plot: Plot, line: ChartSpec['lines'][number]): void {
  const { grid, x, charset } = plot;
  if ('x' in line) {
    const column = x.cellOf(line.x);
    if (column !== null)
      for (let row = 0; row < grid.height; row++) grid.put(column, row, charset.upright, 'dim');
  } else {
    const row = rowOf(plot, line.y);
    if (row !== null) grid.put(0, row, charset.across.repeat(grid.width), 'dim');
  }
}

/** Over everything else, so that they can be read: at the right of a line across, beside an upright one. */
export function drawLabels(plot: Plot, lines: ChartSpec['lines']): void {
  const { grid, x, charset } = plot;
  let upright = 0;
  for (const line of lines) {
    const label = textWithin(line.label, Math.floor(grid.width / 2) - 2, charset);
    const columns = columnsOf(label);
    if ('x' in line) {
      const column = x.cellOf(line.x);
      if (column === null) continue;
      const fits = column + 2 + columns <= grid.width;
      grid.write(fits ? column + 1 : column - columns - 2, upright++, ` ${label} `);
    } else {
      const row = rowOf(plot, line.y);
      if (row !== null) grid.write(grid.width - columns - 1, row, ` ${label}`);
    }
  }
}
