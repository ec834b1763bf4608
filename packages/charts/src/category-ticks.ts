/** Names of rows and columns beside an axis, cut where they would leave no room for the chart. Knows no metric. */
import type { Scale } from 'chart.js';
import { fitted } from './fitted.ts';
import { fitsInto } from './measured.ts';

/** Of the width of a chart at most this share is for the names of its rows. */
const NAMES = 0.43;
const GAP_PX = 4;

/** The name of the category at `index` of `scale`, as long as it may be: rows have room for two lines. */
export function categoryTick(scale: Scale, index: number): string | string[] {
  const { chart } = scale;
  const names = scale.getLabels();
  const name = names[index] ?? '';
  if (!scale.isHorizontal()) return rowName(name, fitsInto(chart, chart.width * NAMES));
  return fitted(name, fitsInto(chart, chart.width / Math.max(1, names.length) - GAP_PX));
}

/** On one line or two; a key that fits on neither loses its first sections, as its last one says most. */
export function rowName(name: string, fits: (text: string) => boolean): string | string[] {
  const sections = name.includes(' ') ? [name] : name.split('.');
  for (let from = 0; from < sections.length; from++) {
    const text = `${from === 0 ? '' : '…'}${sections.slice(from).join('.')}`;
    if (fits(text)) return text;
    const lines = twoLines(text, fits);
    if (lines !== null) return lines;
  }
  return fitted(name, fits);
}

/** Broken behind a space, a dot or an underscore, with as much as fits on the first line. */
function twoLines(text: string, fits: (text: string) => boolean): string[] | null {
  const words = text.split(/(?<=[ ._])/);
  for (let count = words.length - 1; count > 0; count--) {
    const lines = [words.slice(0, count).join('').trimEnd(), words.slice(count).join('')];
    if (lines.every(fits)) return lines;
  }
  return null;
}
