/** The browser for files that the program wrote. Knows no expectation. */
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { emptyPages, type Look } from '../../../scripts/test-browser.ts';

export interface Opened {
  readonly page: Page;
  /** What the page complained about, and what it asked for besides itself. */
  readonly trouble: readonly string[];
}

/** Starts one browser for the tests of a file; the function opens a file in an empty profile. */
export function browserOfThisFile(): (path: string, look?: Look) => Promise<Opened> {
  const emptyPage = emptyPages();
  return async (path, look) => {
    const page = await emptyPage({ width: 1000, ...look });
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
