/** The page in a browser, and the few things that tests do to it. Knows no expectation. */
import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import { inject } from 'vitest';
import { emptyPages, type Look } from '../../../scripts/test-browser.ts';

export interface PageOptions extends Look {
  /** Called before the page is loaded. */
  readonly prepare?: (page: Page) => unknown;
}

/** Starts one browser for the tests of a file; the function opens the page in an empty profile. */
export function browserOfThisFile(): (options?: PageOptions) => Promise<Page> {
  const emptyPage = emptyPages();
  return async ({ prepare, ...look } = {}) => {
    const page = await emptyPage(look);
    await prepare?.(page);
    await page.goto(inject('pageUrl'));
    return page;
  };
}

/** Waits until the newest run has ended as `phase` says. */
export async function untilPhase(page: Page, phase: string): Promise<void> {
  await page.locator(`.status[data-phase="${phase}"]`).waitFor();
}

/** Waits until the result on show is of these inputs. */
export async function untilShown(page: Page, words: string): Promise<void> {
  await page.locator('.run', { hasText: words }).waitFor();
  await untilPhase(page, 'done');
}

/** Waits until the TTFT chart has both architectures. */
export async function untilBoth(page: Page): Promise<void> {
  const legend = page.locator('[data-chart=ttft_cdf][data-drawn=true] [aria-label=Legend]');
  await legend.getByText('mono').waitFor();
  await legend.getByText('disagg').waitFor();
}

export interface ShownCell {
  readonly text: string;
  readonly value: string | null;
}

/** The cells of a table by quantity, each in the order of the rows of its spec. */
export async function cellsOf(page: Page, table: string): Promise<Record<string, ShownCell[]>> {
  return page.locator(`[data-table="${table}"]`).evaluate((element) => {
    const cells: Record<string, { text: string; value: string | null }[]> = {};
    for (const cell of element.querySelectorAll('td')) {
      const key = cell.dataset.key ?? '';
      cells[key] ??= [];
      cells[key].push({ text: cell.textContent.trim(), value: cell.dataset.value ?? null });
    }
    return cells;
  });
}

/** What axe finds wrong, as `rule: element`, on a page that was prepared with it. */
export async function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const results = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
    });
    return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}
