/** How large texts in charts are: on a page they follow its root font size, as all other text does. Knows no chart. */

export const TEXT_PX = 12;
export const FAMILY = 'system-ui, sans-serif';

/** What browsers set their root font to, unless somebody reads better with another. */
const USUAL_ROOT_PX = 16;

/** A chart, of which all that counts is whether it stands on a page. */
export interface OnPage {
  readonly options: { readonly responsive?: boolean | undefined };
}

/** What chart.js gives to options that are functions; its types forget the chart in those of titles. */
interface Context {
  readonly type?: string;
  readonly chart?: OnPage;
}

/** How much larger than usual the texts of the page are; 1 where there is no page, as in a file. */
export function textScale({ options: { responsive = false } }: OnPage): number {
  return responsive
    ? Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_ROOT_PX
    : 1;
}

/** The font of texts in a chart, looked up anew whenever it is laid out. */
export function fontOf({ chart }: Context): { readonly size: number } {
  return { size: TEXT_PX * (chart === undefined ? 1 : textScale(chart)) };
}
