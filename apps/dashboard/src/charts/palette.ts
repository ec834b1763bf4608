/** The page's colours, read from its style sheet, for what CSS does not reach: a canvas. */
import type { Palette } from './chart-config.ts';

export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ink: colour('--ink-quiet'),
    rule: colour('--rule'),
    marker: colour('--marker'),
    series: [colour('--series-1'), colour('--series-2')],
  };
}
