/** The page for everybody: keyboard, narrow screens. */
import { describe, expect, test } from 'vitest';
import { browserOfThisFile, LONG_RATE, untilPhase, untilShown } from './browser.ts';
import { tooWide } from './layout.ts';

const open = browserOfThisFile();

describe('keyboard', () => {
  test('goes through the views by arrows, and every view is one stop', async () => {
    const page = await open();
    await untilPhase(page, 'done');
    await page.getByRole('tab', { name: 'This run' }).focus();
    const seen: (string | null)[] = [];
    for (const key of ['ArrowRight', 'ArrowRight', 'End', 'ArrowRight', 'ArrowLeft', 'Home']) {
      await page.keyboard.press(key);
      const chosen = page.locator('[role=tab][aria-selected=true]');
      expect(await chosen.evaluate((tab) => tab === document.activeElement)).toBe(true);
      seen.push(await page.locator('#view').getAttribute('data-view'));
    }
    expect(seen).toEqual(['load', 'compare', 'requests', 'run', 'requests', 'run']);
  });

  test('nothing moves by itself', async () => {
    const page = await open();
    await untilPhase(page, 'done');
    await page.getByRole('tab', { name: 'Requests' }).click();
    const time = page.locator('[data-replay=time]');
    await time.waitFor();
    await page.waitForTimeout(300);
    expect(await time.getAttribute('data-value')).toBe('0');
    const moving = await page.evaluate(() => document.getAnimations().length);
    expect(moving).toBe(0);
  });

  test('reaches and works everything, and never loses its place', async () => {
    const page = await open();
    await page.locator('[data-chart=ttft_cdf][data-drawn=true]').waitFor();
    await page.getByRole('button', { name: 'Save Throughput' }).waitFor();
    await page.getByRole('button', { name: 'Save for Perfetto' }).waitFor();
    const focused = (): Promise<string> =>
      page.evaluate(() => {
        const element = document.activeElement;
        return element?.getAttribute('name') ?? element?.ariaLabel ?? element?.textContent?.trim() ?? '';
      });
    const path: string[] = [];
    for (let stop = 0; stop < 24; stop++) {
      await page.keyboard.press('Tab');
      path.push(await focused());
    }
    expect(path).toEqual([
      'Open file',
      'Copy link',
      'Copy as CLI command',
      'Save for Perfetto',
      'scenario',
      'mode',
      'arrival.rate_per_s',
      'arrival.rate_per_s slider',
      'cluster_disagg.prefill_gpus',
      'cluster_disagg.decode_gpus',
      'slo.ttft_s',
      'random_seed',
      'Run',
      'Cancel',
      'Edit as YAML',
      'This run',
      'Save TTFT distribution',
      'Points as a table',
      'Save Queues',
      'Points as a table',
      'Save Utilisation',
      'Points as a table',
      'Save Outcomes',
      'What these mean',
    ]);

    await page.focus('[name="arrival.rate_per_s"]');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('5');
    await page.keyboard.press('Enter');
    await untilShown(page, '5.00 req/s');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(LONG_RATE);
    await page.keyboard.press('Enter');
    await page.locator('progress').waitFor();
    await page.keyboard.press('Escape');
    await untilPhase(page, 'cancelled');
    expect(await focused()).toBe('arrival.rate_per_s');

    await page.focus('[name=scenario]');
    await page.keyboard.press('ArrowDown');
    await untilShown(page, 'azure-conv-disagg.yaml');
  });

  test('the points of the chart scroll', async () => {
    const page = await open();
    await page.locator('[data-chart=ttft_cdf][data-drawn=true]').waitFor();
    await page.focus('text=Points as a table');
    await page.keyboard.press('Enter');
    await page.locator('[data-table=ttft_cdf_points]').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('PageDown');
    await page.waitForFunction(() => (document.querySelector('.points')?.scrollTop ?? 0) > 0);
  });

  test('the end of a run is said aloud', async () => {
    const page = await open();
    await untilPhase(page, 'done');
    const spoken = await page.locator('.status [role=status]').textContent();
    expect(spoken).toMatch(/^Done: .* requests .* Stable: .* p99 TTFT is /);
  });
});

describe('narrow screens', () => {
  test('nothing is wider than 360 px, nor than 320 px', async () => {
    const page = await open({ width: 360 });
    await page.locator('[data-chart=ttft_cdf][data-drawn=true]').waitFor();
    for (const summary of await page.locator('summary').all()) await summary.click();
    await page.getByRole('button', { name: 'Save TTFT distribution' }).click();
    await page.fill('[name="arrival.rate_per_s"]', '40');
    await untilShown(page, '40.0 req/s');
    await expect.poll(() => tooWide(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 800 });
    // The chart follows the width a frame later.
    await expect.poll(() => tooWide(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
});
