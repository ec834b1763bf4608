/**
 * A HeatmapSpec as chart.js wants it: a matrix with its values written in the cells.
 * Knows no metric and touches no canvas.
 */
import type { HeatmapSpec } from '@llmsim/analysis';
import type { ChartConfiguration, Plugin, Scale } from 'chart.js';
// Its import tells chart.js's types about the matrix.
import type { MatrixDataPoint } from 'chartjs-chart-matrix';
import { categoryTick } from './category-ticks.ts';
import { goodness, shade, signed } from './heatmap-shades.ts';
import type { Palette } from './palette.ts';
import { FAMILY, fontOf } from './text-size.ts';

export type HeatmapConfiguration = ChartConfiguration<'matrix', MatrixDataPoint[], string>;

const GAP_PX = 2;

export function heatmapConfig(spec: HeatmapSpec, palette: Palette): HeatmapConfiguration {
  const { x, y, value, cells } = spec;
  const flat = cells.flatMap((row, at) =>
    row.map((cell, across) => ({ cell, x: x.categories[across] ?? '', y: y.categories[at] ?? '' })),
  );
  const good = goodness(spec);
  const axis = (label: string, labels: readonly string[]) => ({
    type: 'category' as const,
    labels: [...labels],
    offset: true,
    title: { display: true, text: label, color: palette.ink_quiet, font: fontOf },
    ticks: {
      color: palette.ink_quiet,
      maxRotation: 0,
      font: fontOf,
      callback(this: Scale, _: unknown, index: number) {
        return categoryTick(this, index);
      },
    },
    grid: { display: false },
    border: { display: false },
  });
  return {
    type: 'matrix',
    data: {
      datasets: [
        {
          label: value.label,
          data: flat.map(({ x, y }) => ({ x, y })),
          width: ({ chart: { chartArea } }) => side(chartArea?.width, x.categories.length),
          height: ({ chart: { chartArea } }) => side(chartArea?.height, y.categories.length),
          backgroundColor: flat.map(({ cell }) => shade(good(cell), palette)),
          borderColor: flat.map(({ cell }) => (cell.mark === 'best' ? palette.ink : palette.surface)),
          borderWidth: flat.map(({ cell }) => (cell.mark === 'best' ? 2 : 0)),
        },
      ],
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      scales: {
        x: axis(x.label, x.categories),
        y: axis(y.label, y.categories),
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          displayColors: false,
          bodyFont: fontOf,
          callbacks: {
            title: () => '',
            label: ({ dataIndex }) => {
              const point = flat[dataIndex];
              if (point === undefined) return '';
              return `${value.label}: ${signed(point.cell)} at ${x.label} ${point.x}, ${y.label} ${point.y}`;
            },
          },
        },
      },
    },
    plugins: [
      cellTexts(
        flat.map(({ cell }) => signed(cell)),
        palette,
      ),
    ],
  };
}

function side(length: number | undefined, count: number): number {
  return Math.max(0, (length ?? 0) / count - GAP_PX);
}

/** Writes each cell's text in its middle, where there is room for it. */
function cellTexts(texts: readonly string[], { ink }: Palette): Plugin<'matrix'> {
  return {
    id: 'cellTexts',
    afterDatasetsDraw(chart) {
      const { ctx } = chart;
      ctx.save();
      ctx.font = `${fontOf({ chart }).size}px ${FAMILY}`;
      ctx.fillStyle = ink;
      ctx.textAlign = 'center';
      ctx.textBaseline = 'middle';
      for (const [index, element] of chart.getDatasetMeta(0).data.entries()) {
        const text = texts[index] ?? '';
        const { x, y, width, height } = element.getProps(['x', 'y', 'width', 'height'], true);
        if (ctx.measureText(text).width <= Number(width))
          ctx.fillText(text, x + Number(width) / 2, y + Number(height) / 2);
      }
      ctx.restore();
    },
  };
}
