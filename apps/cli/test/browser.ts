/** The system's Chromium for files that the program wrote. Knows no expectation. */
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { CHROMIUM_FLAGS, chromiumPath } from '../../../scripts/chromium.mjs';

const PATIENCE_MS = 15_000;

export interface Opened {
  readonly page: Page;
  /** What the page complained about, and what it asked for besides itself. */
  readonly trouble: readonly string[];
}

/** Starts one browser for the tests of a file; the function opens a file in an empty profile. */
export function browserOfThisFile(): (
  path: string,
  look?: { readonly width?: number; readonly colorScheme?: 'light' | 'dark' },
) => Promise<Opened> {
  let browser: Browser;
  beforeAll(async () => {
    const executablePath = chromiumPath();
    if (executablePath === undefined)
      throw new Error('These tests need Chromium: see scripts/ensure-chromium.mjs');
    browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  }, PATIENCE_MS);
  afterAll(() => browser.close());
  return async (path, { width = 1000, colorScheme = 'light' } = {}) => {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const url = pathToFileURL(path).href;
    const trouble: string[] = [];
    page.on('console', (message) => trouble.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => {
      trouble.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (request.url() !== url) trouble.push(`request: ${request.url()}`);
    });
    await page.goto(url);
    return { page, trouble };
  };
}
