/**
 * A BarChartSpec as chart.js wants it: bars from one value to another, a row for each label.
 * Knows no metric and touches no canvas.
 */
import { type BarChartSpec, barSeries, formatQuantity } from '@llmsim/analysis';
import type { ChartConfiguration } from 'chart.js';
import { axisOptions } from './axis-options.ts';
import { categoryTick } from './category-ticks.ts';
import { linesAcross } from './lines-across.ts';
import { type Palette, seriesColour } from './palette.ts';
import { fontOf } from './text-size.ts';

/** By its row: a series may have several bars in one, or none. */
interface Bar {
  readonly x: [from: number, to: number];
  readonly y: string;
}
export type BarsConfiguration = ChartConfiguration<'bar', Bar[], string>;

export function barsConfig(spec: BarChartSpec, palette: Palette): BarsConfiguration {
  const { value, bars, base } = spec;
  const labels = [...new Set(bars.map(({ label }) => label))];
  return {
    type: 'bar',
    data: {
      labels,
      datasets: barSeries(spec).map(({ name, place }) => ({
        label: name,
        data: bars
          .filter(({ series = '' }) => series === name)
          .map(({ label, from, to }): Bar => ({ x: [from, to], y: label })),
        // A part may start where the one before it ends.
        grouped: false,
        backgroundColor: seriesColour(palette, place),
        borderColor: palette.surface,
        borderWidth: 1,
        maxBarThickness: 28,
      })),
    },
    options: {
      indexAxis: 'y',
      animation: false,
      maintainAspectRatio: false,
      scales: {
        x: axisOptions(value, palette, base === undefined ? [] : [base.value]),
        y: {
          ticks: {
            color: palette.ink_quiet,
            autoSkip: false,
            font: fontOf,
            callback(_, index) {
              return categoryTick(this, index);
            },
          },
          grid: { display: false },
          border: { color: palette.rule },
        },
      },
      plugins: {
        legend: { labels: { color: palette.ink, filter: ({ text }) => text !== '' } },
        tooltip: {
          displayColors: false,
          bodyFont: fontOf,
          titleFont: fontOf,
          callbacks: {
            label: ({ raw, dataset }) => {
              const range = (raw as Bar).x.map((end) => formatQuantity(end, value.unit)).join(' to ');
              return dataset.label ? `${dataset.label}: ${range}` : range;
            },
          },
        },
      },
    },
    // No legend names it.
    plugins:
      base === undefined
        ? []
        : [linesAcross([{ label: base.label, x: base.value }], palette, { always: true })],
  };
}
