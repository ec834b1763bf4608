/**
 * Charts as one SVG file, drawn by chart.js without a page. Knows no metric and no files.
 */
import type { Chart } from '@llmsim/analysis';
import type { ChartItem } from 'chart.js';
import { draw } from '../draw.ts';
import { LIGHT, type Palette } from '../palette.ts';
import { SvgContext } from './svg-context.ts';
import { textWidth } from './text-width.ts';
import { xmlAttributes, xmlText } from './xml.ts';

const WIDTH = 720;
const MARGIN = 16;
const TITLE_PX = 15;
const NOTE_PX = 12;
const PLOT_HEIGHT = 340;
const ROW_HEIGHT = 34;

/**
 * All `charts` below each other on one sheet of 720 px; texts stay texts.
 *
 * @example
 * chartsSvg([queueTimeline(report), utilizationTimeline(report)]); // '<svg xmlns="…'
 */
export function chartsSvg(charts: readonly Chart[], palette: Palette = LIGHT): string {
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
  return `<svg${sheet}>\n<title>${xmlText(name)}</title>\n${background}\n${parts.join('\n')}\n</svg>\n`;
}

function section(chart: Chart, id: string, palette: Palette): { height: number; elements: string } {
  const width = WIDTH - 2 * MARGIN;
  const plot = plotHeight(chart);
  const context = new SvgContext(width, plot, id);
  // It has what chart.js calls, not all that a browser's context has.
  draw(context as unknown as ChartItem, chart, palette, { legend: true, responsive: false }).destroy();
  const notes = (chart.notes ?? []).flatMap((note) => lines(note, width));
  const text = (line: string, y: number, size: number, fill: string, weight?: string): string => {
    const attributes = xmlAttributes({ y, 'font-size': size, 'font-weight': weight, fill });
    return `<text${attributes}>${xmlText(line)}</text>`;
  };
  const below = TITLE_PX + 8 + plot;
  return {
    height: below + notes.length * (NOTE_PX + 4) + MARGIN,
    elements: [
      text(chart.title, TITLE_PX - 2, TITLE_PX, palette.ink, 'bold'),
      `<g transform="translate(0 ${TITLE_PX + 8})">\n${context.elements}\n</g>`,
      ...notes.map((line, at) => text(line, below + (at + 1) * (NOTE_PX + 4), NOTE_PX, palette.ink_quiet)),
    ].join('\n'),
  };
}

/** Rows of bars and cells have the same height however many there are. */
function plotHeight(chart: Chart): number {
  if (chart.kind === 'bars') return 90 + new Set(chart.bars.map(({ label }) => label)).size * ROW_HEIGHT;
  if (chart.kind === 'heatmap') return 90 + chart.y.categories.length * ROW_HEIGHT;
  return PLOT_HEIGHT;
}

function lines(note: string, width: number): string[] {
  const broken: string[] = [];
  for (const word of note.split(' ')) {
    const longer = `${broken.at(-1) ?? ''} ${word}`;
    if (broken.length > 0 && textWidth(longer, NOTE_PX) <= width) broken[broken.length - 1] = longer;
    else broken.push(word);
  }
  return broken;
}
