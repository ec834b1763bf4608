/** Escape gives up what is under way, unless it closes something first. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserOfThisFile, untilPhase, untilShown } from './browser.ts';
import { startEndlessRun } from './situations.ts';

const open = browserOfThisFile();

/** Opens a view of a scenario with so many requests that its analysis takes a while. */
async function openView(tab: string): Promise<Page> {
  const page = await open();
  await untilPhase(page, 'done');
  await page.fill('[name="arrival.rate_per_s"]', '60');
  await untilShown(page, '60.0 req/s');
  await page.getByRole('tab', { name: tab }).click();
  return page;
}

/** An analysis that takes longer than a test needs. */
async function startLongAnalysis(page: Page): Promise<void> {
  await page.selectOption('[name="load seeds"]', '20');
  await untilRunning(page);
}

/** Waits until an analysis is under way. */
async function untilRunning(page: Page): Promise<void> {
  await page.getByRole('progressbar', { name: 'Progress of the analysis' }).waitFor();
}

describe('Escape', () => {
  test.each(['Against load', 'Mono and disagg', 'How many GPUs'])('stops the analysis of %s', async (tab) => {
    const page = await openView(tab);
    await untilRunning(page);
    const stop = page.getByRole('button', { name: 'Stop' });
    expect(await stop.getAttribute('aria-keyshortcuts')).toBe('Escape');
    await page.keyboard.press('Escape');
    await page.getByText(/Stopped at \d+ %/).waitFor();
    const again = page.getByRole('button', { name: 'Run again' });
    expect(await again.getAttribute('aria-keyshortcuts')).toBeNull();
    await again.click();
    await untilRunning(page);
  });

  test('cancels the run and stops the analysis where both are under way', async () => {
    const page = await openView('Against load');
    await startLongAnalysis(page);
    await startEndlessRun(page);
    await untilRunning(page);
    await page.keyboard.press('Escape');
    await untilPhase(page, 'cancelled');
    await page.getByText(/Stopped at \d+ %/).waitFor();
  });

  test('closes a menu first', async () => {
    const page = await openView('Against load');
    await page.locator('[data-document=sweep]').waitFor();
    await startLongAnalysis(page);
    const menu = page.getByRole('button', { name: /^Save / }).last();
    await menu.click();
    await page.keyboard.press('Escape');
    expect(await menu.getAttribute('aria-expanded')).toBe('false');
    await untilRunning(page);
    await page.keyboard.press('Escape');
    await page.getByText(/Stopped at \d+ %/).waitFor();
  });

  test("closes the editor's suggestions first", async () => {
    const page = await openView('Against load');
    await startLongAnalysis(page);
    await page.getByText('Edit as YAML').click();
    await page.locator('[data-editor=true]').waitFor();
    await startEndlessRun(page);
    await page.locator('.cm-line', { hasText: 'mode: disagg' }).first().click();
    await page.keyboard.press('Control+Space');
    const suggestions = page.locator('.cm-tooltip-autocomplete');
    await suggestions.waitFor();
    await page.keyboard.press('Escape');
    await suggestions.waitFor({ state: 'detached' });
    await untilPhase(page, 'running');
    await untilRunning(page);
    await page.keyboard.press('Escape');
    await untilPhase(page, 'cancelled');
    await page.getByText(/Stopped at \d+ %/).waitFor();
  });
});
