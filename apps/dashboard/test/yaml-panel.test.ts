/** The scenario as text beside its controls: each follows the other, and mistakes stand where they were made. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserOfThisFile, cellsOf, untilPhase, untilShown } from './browser.ts';
import { cellsOfSpec, scenarioText, simulated, tablesOf } from './reference.ts';

const open = browserOfThisFile();

async function openEditor(page: Page): Promise<void> {
  await untilPhase(page, 'done');
  await page.getByText('Edit as YAML').click();
  await page.locator('[data-editor=true]').waitFor();
}

/** Puts the cursor behind a text of the editor, as a reader would by clicking there. */
async function goBehind(page: Page, text: string): Promise<void> {
  const line = page.locator('.cm-line', { hasText: text }).first();
  await line.scrollIntoViewIfNeeded();
  await line.click();
  await page.keyboard.press('End');
}

describe('the YAML of the scenario', () => {
  test('runs as it is typed, and the controls follow', async () => {
    const page = await open();
    await openEditor(page);
    await goBehind(page, 'rate_per_s: 2.0');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('5');
    await untilShown(page, '5.00 req/s');
    expect(await page.inputValue('[name="arrival.rate_per_s"]')).toBe('5');
    const [latency] = tablesOf(simulated('example', ['arrival.rate_per_s=5']));
    if (latency === undefined) throw new Error('There is no table');
    expect(await cellsOf(page, 'latency')).toEqual(cellsOfSpec(latency));
  });

  test('follows the controls and keeps its comments', async () => {
    const page = await open();
    await openEditor(page);
    await page.fill('[name="arrival.rate_per_s"]', '6');
    await untilShown(page, '6.00 req/s');
    await page.locator('.cm-line', { hasText: 'rate_per_s: 6' }).waitFor();
    await page.locator('.cm-line', { hasText: '# Requests per second on average.' }).waitFor();
  });

  test('shows a mistake at its place', async () => {
    const page = await open();
    await openEditor(page);
    await goBehind(page, 'mode: disagg');
    await page.keyboard.type('x');
    await untilPhase(page, 'invalid');
    const marked = page.locator('.cm-lintRange-error');
    await marked.waitFor();
    expect(await marked.textContent()).toBe('disaggx');
    const line = scenarioText('example').split('\n').indexOf('mode: disagg') + 1;
    expect(await page.getByRole('alert').textContent()).toContain(`Not run, line ${line}:`);
    await page.keyboard.press('Backspace');
    await untilPhase(page, 'done');
    expect(await marked.count()).toBe(0);
  });

  test('suggests what may stand there', async () => {
    const page = await open();
    await openEditor(page);
    await goBehind(page, 'mode: disagg');
    for (let i = 0; i < 'disagg'.length; i++) await page.keyboard.press('Backspace');
    await page.keyboard.type('m');
    await page.locator('.cm-tooltip-autocomplete li', { hasText: 'mono' }).waitFor();
    // A popup takes Enter only after it has stood for a moment.
    await page.waitForTimeout(150);
    await page.keyboard.press('Enter');
    await untilShown(page, 'example.yaml, mono');
  });

  test('is styled under the policy of the page', async () => {
    const complaints: string[] = [];
    const page = await open({
      prepare: (fresh) => fresh.on('console', (message) => complaints.push(message.text())),
    });
    await openEditor(page);
    expect(complaints).toEqual([]);
    expect(await page.locator('.cm-editor').evaluate((editor) => getComputedStyle(editor).borderStyle)).toBe(
      'solid',
    );
    await page.focus('.cm-content');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('This run');
  });
});
