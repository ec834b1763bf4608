/**
 * Every view of the page with something in it, and the states a view can be in, each brought about as people do.
 * Knows no expectation.
 */
import type { Page } from 'playwright-core';
import { untilBoth, untilShown } from './browser.ts';
import { scenarioText } from './reference.ts';

export interface Situation {
  readonly name: string;
  /** From a page whose first run is done. */
  readonly reach: (page: Page) => Promise<void>;
}

/** Less of everything than the page's own scenario. */
const SHORT = scenarioText('example').replace('sim_seconds: 600.0', 'sim_seconds: 100.0');

/** Runs longer than any test waits, in memory that does not grow. */
const ENDLESS = SHORT.replace('sim_seconds: 100.0', 'sim_seconds: 1e9').replace(
  'quantiles: exact',
  'quantiles: histogram',
);

export async function chooseFile(page: Page, name: string, content: string): Promise<void> {
  await page.setInputFiles('input[type=file]', { name, mimeType: '', buffer: Buffer.from(content) });
}

async function openShort(page: Page): Promise<void> {
  await chooseFile(page, 'short.yaml', SHORT);
  await untilShown(page, 'short.yaml');
}

/** Starts a run that is under way until something ends it, beside the result of the first. */
export async function startEndlessRun(page: Page): Promise<void> {
  await page.locator('.run').waitFor();
  await chooseFile(page, 'endless.yaml', ENDLESS);
  await page.getByRole('progressbar', { name: 'Progress of the run' }).waitFor();
}

/** Opens a view of the short scenario and waits until its answer is drawn. */
async function showView(page: Page, tab: string): Promise<void> {
  await openShort(page);
  await page.getByRole('tab', { name: tab }).click();
  await page.locator('#view [data-drawn=true]').first().waitFor();
  await page.locator('[data-analysis=running]').waitFor({ state: 'detached' });
}

/** Each view with its answer. */
export const VIEWS: readonly Situation[] = [
  {
    name: 'This run',
    async reach(page) {
      await openShort(page);
      await untilBoth(page);
      await page.getByRole('button', { name: 'Save Throughput' }).waitFor();
    },
  },
  ...['Against load', 'Mono and disagg', 'How many GPUs', 'Requests'].map((name) => ({
    name,
    reach: (page: Page) => showView(page, name),
  })),
];

/** Opens everything that can be opened. */
export async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    const closed = document.querySelectorAll<HTMLElement>('details:not([open]) > summary');
    for (const summary of closed) summary.click();
  });
  await page.locator('[data-editor=true]').waitFor();
}
