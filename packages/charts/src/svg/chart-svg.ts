/**
 * Charts as one SVG file, drawn by chart.js without a page. Knows no metric and no files.
 */
import type { Chart, ChartSpec } from '@llmsim/analysis';
import type { ChartItem } from 'chart.js';
import { chartConfig } from '../chart-config.ts';
import { draw } from '../draw.ts';
import { MARKS, marksOf } from '../heatmap-shades.ts';
import { LIGHT, type Palette } from '../palette.ts';
import { SvgContext } from './svg-context.ts';
import { textWidth } from './text-width.ts';
import { xmlAttributes, xmlText } from './xml.ts';

const WIDTH = 720;
const MARGIN = 16;
const TITLE_PX = 15;
const NOTE_PX = 12;
/** How much wider letters are when they are bold. */
const BOLD = 1.1;
const PLOT_HEIGHT = 340;
const ROW_HEIGHT = 34;
/** Height of a line of the legend, and what an entry has besides its name. */
const LEGEND_ROW = 28;
const LEGEND_SIGN = 28;

/**
 * All `charts` below each other on one sheet of 720 px; texts stay texts. What they were made from stands inside as JSON.
 *
 * @example
 * chartsSvg([queueTimeline(report), utilizationTimeline(report)]); // '<svg xmlns="…'
 */
export function chartsSvg(
  charts: readonly Chart[],
  made_from: object | null = null,
  palette: Palette = LIGHT,
): string {
  const parts: string[] = [];
  let top = MARGIN;
  for (const [index, chart] of charts.entries()) {
    const { height, elements } = section(chart, `chart-${index}`, palette);
    parts.push(`<g transform="translate(${MARGIN} ${top})">\n${elements}\n</g>`);
    top += height + MARGIN;
  }
  const sheet = xmlAttributes({
    xmlns: 'http://www.w3.org/2000/svg',
    width: WIDTH,
    height: top,
    viewBox: `0 0 ${WIDTH} ${top}`,
    'font-family': 'Helvetica, Arial, sans-serif',
    role: 'img',
  });
  const name = charts.map(({ title }) => title).join(', ');
  const background = `<rect width="100%" height="100%" fill="${palette.surface}"/>`;
  const metadata = made_from === null ? '' : `<metadata>${xmlText(JSON.stringify(made_from))}</metadata>\n`;
  return `<svg${sheet}>\n<title>${xmlText(name)}</title>\n${metadata}${background}\n${parts.join('\n')}\n</svg>\n`;
}

function section(chart: Chart, id: string, palette: Palette): { height: number; elements: string } {
  const width = WIDTH - 2 * MARGIN;
  const plot = plotHeight(chart);
  const context = new SvgContext(width, plot, id);
  // It has what chart.js calls, not all that a browser's context has.
  const options = { legend: true, responsive: false };
  draw(context as unknown as ChartItem, chartConfig(chart, palette), options).destroy();
  const title = lines(chart.title, width, TITLE_PX * BOLD);
  const notes = [...marksLine(chart), ...(chart.notes ?? [])].flatMap((note) => lines(note, width, NOTE_PX));
  const text = (line: string, y: number, size: number, fill: string, weight?: string): string => {
    const attributes = xmlAttributes({ y, 'font-size': size, 'font-weight': weight, fill });
    return `<text${attributes}>${xmlText(line)}</text>`;
  };
  const top = title.length * (TITLE_PX + 4) + 4;
  const below = top + plot;
  return {
    height: below + notes.length * (NOTE_PX + 4) + MARGIN,
    elements: [
      ...title.map((line, at) =>
        text(line, TITLE_PX - 2 + at * (TITLE_PX + 4), TITLE_PX, palette.ink, 'bold'),
      ),
      `<g transform="translate(0 ${top})">\n${context.elements}\n</g>`,
      ...notes.map((line, at) => text(line, below + (at + 1) * (NOTE_PX + 4), NOTE_PX, palette.ink_quiet)),
    ].join('\n'),
  };
}

/** Rows of bars and cells have the same height however many there are. */
function plotHeight(chart: Chart): number {
  if (chart.kind === 'bars') return 90 + new Set(chart.bars.map(({ label }) => label)).size * ROW_HEIGHT;
  if (chart.kind === 'heatmap') return 90 + chart.y.categories.length * ROW_HEIGHT;
  return PLOT_HEIGHT + (legendRows(chart) - 1) * LEGEND_ROW;
}

/** Lines of the legend, so that a long one leaves the chart its height. */
function legendRows({ series }: ChartSpec): number {
  const room = WIDTH - 2 * MARGIN;
  let [rows, used] = [1, 0];
  for (const { name, points } of series) {
    if (points.length === 0) continue;
    const width = Math.min(room, textWidth(name, NOTE_PX) + LEGEND_SIGN);
    if (used > 0 && used + width > room) [rows, used] = [rows + 1, 0];
    used += width;
  }
  return rows;
}

/** What the signs in the cells of a heatmap mean. */
function marksLine(chart: Chart): string[] {
  if (chart.kind !== 'heatmap') return [];
  const marks = marksOf(chart).map((mark) => `${MARKS[mark].sign} ${MARKS[mark].meaning}`);
  return marks.length === 0 ? [] : [marks.join(' · ')];
}

function lines(text: string, width: number, size_px: number): string[] {
  const broken: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${broken.at(-1) ?? ''} ${word}`;
    if (broken.length > 0 && textWidth(longer, size_px) <= width) broken[broken.length - 1] = longer;
    else broken.push(word);
  }
  return broken;
}
