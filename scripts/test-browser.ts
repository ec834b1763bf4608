/** The system's Chromium for the tests of a file. Knows no page and no expectation. */
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { CHROMIUM_FLAGS, chromiumPath } from './chromium.mjs';

/** Above every time a page takes on a busy machine. */
const PATIENCE_MS = 60_000;

export interface Look
  extends Pick<BrowserContextOptions, 'colorScheme' | 'deviceScaleFactor' | 'reducedMotion'> {
  readonly width?: number;
}

/** Starts one browser for the tests of a file; the function gives an empty page in an empty profile. */
export function emptyPages(): (look?: Look) => Promise<Page> {
  let browser: Browser;
  beforeAll(async () => {
    const executablePath = chromiumPath();
    if (executablePath === undefined)
      throw new Error('These tests need Chromium: see scripts/ensure-chromium.mjs');
    browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  }, PATIENCE_MS);
  afterAll(() => browser.close());
  return async ({ width = 1280, ...look } = {}) => {
    const viewport = { width, height: 800 };
    const context = await browser.newContext({ viewport, colorScheme: 'light', ...look });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    return page;
  };
}
