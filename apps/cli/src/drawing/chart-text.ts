/** Any Chart in characters, for a terminal of 80 columns. Knows no metric. */
import type { Chart } from '@llmsim/analysis';
import { type Paint, painter } from '../terminal/colour.ts';
import { wrap } from '../terminal/wrap.ts';
import { barsText } from './bars-text.ts';
import { type Charset, charsetOf } from './charset.ts';
import { curvesText } from './curves-text.ts';
import { heatmapText } from './heatmap-text.ts';

export interface ChartTextOptions {
  /** Columns; no line is longer. */
  readonly width?: number;
  readonly charset?: Charset;
  readonly paint?: Paint;
}

/** `chart` with its title, axes, legend and notes; colours and characters as standard output wants them. */
export function chartText(
  chart: Chart,
  { width = 80, charset = charsetOf(), paint = painter(process.stdout) }: ChartTextOptions = {},
): string {
  return [
    ...wrap(charset.text(chart.title), width).map((line) => paint('bold', line)),
    ...plot(chart, width, charset, paint),
    ...(chart.notes ?? [])
      .flatMap((note) => wrap(charset.text(note), width))
      .map((line) => paint('dim', line)),
  ].join('\n');
}

function plot(chart: Chart, width: number, charset: Charset, paint: Paint): string[] {
  switch (chart.kind) {
    case 'bars':
      return chart.bars.length === 0 ? [nothing(charset)] : barsText(chart, width, charset, paint);
    case 'heatmap':
      return chart.cells.length === 0 ? [nothing(charset)] : heatmapText(chart, width, charset, paint);
    default: {
      const empty = chart.series.every(({ points }) => points.length === 0);
      return empty ? [nothing(charset)] : curvesText(chart, width, charset, paint);
    }
  }
}

function nothing(charset: Charset): string {
  return charset.text('There is nothing to draw.');
}
