/** axe finds nothing: in any view and any state, light and dark, wide and narrow. Each is loaded once and looked at four times. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserOfThisFile, untilPhase, untilShown, violations } from './browser.ts';
import { holdAnalyses, letRun, untilAnalysing } from './hold-analyses.ts';
import { chooseFile, startEndlessRun, unfold, VIEWS } from './situations.ts';
import { stored } from './stored-answer.ts';

const open = browserOfThisFile();

const LOOKS = [
  ['light', 1280],
  ['dark', 1280],
  ['dark', 360],
  ['light', 360],
] as const;

async function openWithAxe(prepare?: (page: Page) => Promise<unknown>): Promise<Page> {
  return open({
    prepare: async (fresh) => {
      await fresh.addInitScript(axe.source);
      await prepare?.(fresh);
    },
  });
}

async function expectNothing(page: Page, state: string): Promise<void> {
  const found: string[] = [];
  for (const [colorScheme, width] of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    // What is drawn by the colours of the system follows a frame later.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
    found.push(...(await violations(page)).map((violation) => `${colorScheme}, ${width} px: ${violation}`));
  }
  expect(found, state).toEqual([]);
}

describe('axe finds nothing in the view', () => {
  test.each(VIEWS)('$name', async ({ name, reach }) => {
    const page = await openWithAxe();
    await untilPhase(page, 'done');
    await reach(page);
    await unfold(page);
    await expectNothing(page, name);
  });
});

describe('axe finds nothing in the state', () => {
  test('of choosing what to save, of a wrong value, overloaded, under way, cancelled', async () => {
    const page = await openWithAxe();
    await page.getByRole('button', { name: 'Save TTFT distribution' }).click();
    await expectNothing(page, 'choosing');
    await page.fill('[name="arrival.rate_per_s"]', '-1');
    await untilPhase(page, 'invalid');
    await expectNothing(page, 'a wrong value above an earlier result');
    await page.fill('[name="arrival.rate_per_s"]', '40');
    await untilShown(page, '40.0 req/s');
    await expectNothing(page, 'overloaded');
    await startEndlessRun(page);
    await expectNothing(page, 'under way');
    await page.keyboard.press('Escape');
    await untilPhase(page, 'cancelled');
    await expectNothing(page, 'cancelled');
  });

  test('of replicas that batch and share a link', async () => {
    const page = await openWithAxe();
    await page.selectOption('[name=scenario]', 'steps-disagg');
    await untilShown(page, 'steps-disagg.yaml');
    await page.getByRole('button', { name: 'Save Links' }).waitFor();
    await expectNothing(page, 'links');
  });

  test('of an analysis under way, stopped, and one that does not apply', async () => {
    const page = await openWithAxe(holdAnalyses);
    await untilPhase(page, 'done');
    await page.getByRole('tab', { name: 'Against load' }).click();
    await untilAnalysing(page);
    await letRun(page, 30);
    await expectNothing(page, 'under way');
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText(/Stopped at \d+ %/).waitFor();
    await expectNothing(page, 'stopped');
    await page.selectOption('[name=scenario]', 'azure-conv-mono');
    await page.getByRole('alert').getByText('not a rate that can be varied').waitFor();
    await expectNothing(page, 'refused');
  });

  test('of a simulator that does not load', async () => {
    const page = await openWithAxe((fresh) => fresh.route(/sim\.worker/, (route) => route.abort()));
    await untilPhase(page, 'broken');
    await expectNothing(page, 'broken');
  });

  test('of a file over the page, one that is refused, a mistake in the text, and an opened result', async () => {
    const page = await openWithAxe();
    await untilPhase(page, 'done');
    await page.dispatchEvent('body', 'dragover');
    await page.getByText('Drop a scenario').waitFor();
    await expectNothing(page, 'over the page');
    await page.dispatchEvent('body', 'dragleave');
    await chooseFile(page, 'a.txt', 'x');
    await page.getByRole('alert').getByText('the page reads').waitFor();
    await expectNothing(page, 'refused');
    await page.getByText('Edit as YAML').click();
    await page.locator('.cm-content').fill('mode: both\n');
    await untilPhase(page, 'invalid');
    await page.locator('.cm-lint-marker').waitFor();
    await expectNothing(page, 'a mistake in the text');
    await chooseFile(page, 'answer.json', stored());
    await page.locator('[data-document] ~ * [data-drawn=true]').first().waitFor();
    await expectNothing(page, 'an opened result');
  });

  test('of requests that are too many to show', async () => {
    const page = await openWithAxe();
    await page.fill('[name="arrival.rate_per_s"]', '400');
    await untilShown(page, '400 req/s');
    await page.getByRole('tab', { name: 'Requests' }).click();
    await page.getByRole('alert').getByText('more than the page shows one by one').waitFor();
    await expectNothing(page, 'too many');
  });
});
