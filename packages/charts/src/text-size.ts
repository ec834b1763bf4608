/** How large texts in charts are: on a page they follow its root font size, as all other text does. Knows no chart. */
import type { Chart } from 'chart.js';
import { getStyle } from 'chart.js/helpers';

export const TEXT_PX = 12;
export const FAMILY = 'system-ui, sans-serif';

/** What browsers set their root font to, unless somebody reads better with another. */
const USUAL_ROOT_PX = 16;

/** A chart, of which all that counts is whether it stands on a page and on which. */
export interface OnPage {
  readonly canvas: Chart['canvas'];
  readonly options: { readonly responsive?: boolean | undefined };
}

/** What chart.js gives to options that are functions; its types forget the chart in those of titles. */
interface Context {
  readonly type?: string;
  readonly chart?: OnPage;
}

/** How much larger than usual the texts of the page are; 1 where there is no page, as in a file. */
export function textScale({ canvas, options: { responsive = false } }: OnPage): number {
  if (!responsive) return 1;
  return Number.parseFloat(getStyle(canvas.ownerDocument.documentElement, 'font-size')) / USUAL_ROOT_PX;
}

/** The font of texts in a chart, looked up anew whenever it is laid out. */
export function fontOf({ chart }: Context): { readonly size: number } {
  return { size: TEXT_PX * (chart === undefined ? 1 : textScale(chart)) };
}
