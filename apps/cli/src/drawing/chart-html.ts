/**
 * A Chart as a figure of HTML: legend, axes and points in words, the values for the script that draws it.
 * Knows no metric.
 */
import { barSeries, type Chart, chartTable } from '@llmsim/analysis';
import { LIGHT, MARKS, marksOf, pointShape } from '@llmsim/charts';
import { embeddedJson, escaped } from './html-text.ts';
import { type NextId, tableHtml, termHtml } from './table-html.ts';

export function chartHtml(chart: Chart, nextId: NextId): string {
  const { title, notes = [] } = chart;
  const table = chartTable(chart);
  if (table.rows.length === 0) return '<p>There is nothing to draw.</p>';
  const rows = rowCount(chart);
  const plot = rows === null ? 'plot' : `plot rows rows-${Math.min(rows, MOST_ROWS)}`;
  return [
    `<figure data-chart="${escaped(chart.id)}">`,
    `<ul class="legend" aria-label="Legend">${legend(chart).join('')}</ul>`,
    `<p class="quiet">${axes(chart, nextId)}</p>`,
    `<div class="${plot}" role="img" aria-label="${escaped(title)}. The values stand in the table below.">`,
    '<canvas></canvas></div>',
    '<p class="failed">The chart could not be drawn. Its values stand in the table below.</p>',
    `<script type="application/json">${embeddedJson(chart)}</script>`,
    ...notes.map((note) => `<p class="quiet">${escaped(note)}</p>`),
    `<details><summary class="quiet">Values as a table</summary>${tableHtml(table, nextId)}</details>`,
    '</figure>',
  ].join('\n');
}

/** Charts of rows are as high as they have rows, up to this many. */
export const MOST_ROWS = 60;

function rowCount(chart: Chart): number | null {
  if (chart.kind === 'bars') return new Set(chart.bars.map(({ label }) => label)).size;
  return chart.kind === 'heatmap' ? chart.y.categories.length : null;
}

function legend(chart: Chart): string[] {
  const entry = (sign: string, name: string, place?: number): string => {
    const colour = place === undefined ? '' : ` class="series-${place % LIGHT.series.length}"`;
    return `<li><span${colour} aria-hidden="true">${sign}</span> ${escaped(name)}</li>`;
  };
  switch (chart.kind) {
    case 'bars':
      return barSeries(chart).flatMap(({ name, place }) => (name === '' ? [] : [entry('■', name, place)]));
    case 'heatmap': {
      const better = chart.value.better === 'lower' ? 'Stronger shade: lower' : 'Stronger shade: higher';
      return [
        entry('▒', better),
        ...marksOf(chart).map((mark) => entry(MARKS[mark].sign, MARKS[mark].meaning)),
      ];
    }
    default: {
      const curves = chart.series.flatMap(({ name, points, hollow, place }, index) => {
        if (points.length === 0) return [];
        const { full, hollow: empty } = pointShape(index);
        return [
          entry(full, name, place ?? index),
          ...(hollow?.includes(true) ? [entry(empty, `${name}, overloaded`, place ?? index)] : []),
        ];
      });
      // A narrow chart has no room for the names of its lines.
      return [...curves, ...chart.lines.map(({ label }) => entry('┄', label))];
    }
  }
}

function axes(chart: Chart, nextId: NextId): string {
  switch (chart.kind) {
    case 'bars':
      return termHtml(chart.value.label, chart.value.definition, nextId);
    case 'heatmap': {
      const value = termHtml(chart.value.label, chart.value.definition, nextId);
      return `${value} over ${escaped(chart.x.label)} and ${escaped(chart.y.label)}`;
    }
    default: {
      const [x, y] = [chart.x, chart.y].map(({ label, definition }) => termHtml(label, definition, nextId));
      return `${y} against ${x}`;
    }
  }
}
