/** Escape gives up what is under way, unless it closes something first. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserOfThisFile, untilPhase } from './browser.ts';
import { holdAnalyses, letRun, untilAnalysing } from './hold-analyses.ts';
import { startEndlessRun } from './situations.ts';

const open = browserOfThisFile();

/** Opens a view whose analysis is under way for as long as nothing ends it. */
async function openView(tab: string): Promise<Page> {
  const page = await open({ prepare: holdAnalyses });
  await untilPhase(page, 'done');
  await page.getByRole('tab', { name: tab }).click();
  await untilAnalysing(page);
  return page;
}

describe('Escape', () => {
  test.each(['Against load', 'Mono and disagg', 'How many GPUs'])('stops the analysis of %s', async (tab) => {
    const page = await openView(tab);
    const stop = page.getByRole('button', { name: 'Stop' });
    expect(await stop.getAttribute('aria-keyshortcuts')).toBe('Escape');
    await page.keyboard.press('Escape');
    await page.getByText(/Stopped at \d+ %/).waitFor();
    const again = page.getByRole('button', { name: 'Run again' });
    expect(await again.getAttribute('aria-keyshortcuts')).toBeNull();
    await again.click();
    await untilAnalysing(page);
  });

  test('cancels the run and stops the analysis where both are under way', async () => {
    const page = await openView('Against load');
    await startEndlessRun(page);
    await untilAnalysing(page);
    await page.keyboard.press('Escape');
    await untilPhase(page, 'cancelled');
    await page.getByText(/Stopped at \d+ %/).waitFor();
  });

  test('closes a menu first', async () => {
    const page = await openView('Against load');
    await letRun(page);
    await page.locator('[data-document=sweep]').waitFor();
    await letRun(page, 0);
    await page.selectOption('[name="load seeds"]', '20');
    await untilAnalysing(page);
    const menu = page.getByRole('button', { name: /^Save / }).last();
    await menu.click();
    await page.keyboard.press('Escape');
    expect(await menu.getAttribute('aria-expanded')).toBe('false');
    await untilAnalysing(page);
    await page.keyboard.press('Escape');
    await page.getByText(/Stopped at \d+ %/).waitFor();
  });

  test("closes the editor's suggestions first", async () => {
    const page = await openView('Against load');
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
    await untilAnalysing(page);
    await page.keyboard.press('Escape');
    await untilPhase(page, 'cancelled');
    await page.getByText(/Stopped at \d+ %/).waitFor();
  });
});
