/** The page for everybody: keyboard, narrow screens. */
import type { Page } from 'playwright-core';
import { describe, expect, test, vi } from 'vitest';
import { browserOfThisFile, untilPhase, untilShown } from './browser.ts';
import { tooWide } from './layout.ts';
import { startEndlessRun } from './situations.ts';

const open = browserOfThisFile();

const PATIENCE_MS = 60_000;

/** The names of the places at which the keyboard stops for scrolling. */
function stops(page: Page): Promise<(string | null)[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('main [role=region][tabindex="0"]')].map(({ ariaLabel }) => ariaLabel),
  );
}

/** The names of what holds more than it shows. */
function scrolling(page: Page): Promise<(string | null)[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('main *')]
      .filter((element) => getComputedStyle(element).overflowX === 'auto')
      .filter(
        (element) => element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight,
      )
      .map(({ ariaLabel }) => ariaLabel),
  );
}

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

    await page.focus('[name=scenario]');
    await page.keyboard.press('ArrowDown');
    await untilShown(page, 'azure-conv-disagg.yaml');

    await startEndlessRun(page);
    await page.focus('[name=random_seed]');
    await page.keyboard.press('Escape');
    await untilPhase(page, 'cancelled');
    expect(await focused()).toBe('random_seed');
  });

  test('the points of the chart scroll', async () => {
    const page = await open();
    await page.locator('[data-chart=ttft_cdf][data-drawn=true]').waitFor();
    await page.focus('text=Points as a table');
    await page.keyboard.press('Enter');
    await page.locator('[data-table=ttft_cdf_points]').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('PageDown');
    await page.waitForFunction(() => {
      const table = document.querySelector('[data-table=ttft_cdf_points]');
      return (table?.parentElement?.scrollTop ?? 0) > 0;
    });
  });

  test('stops at what scrolls, by its name, while it does', async () => {
    const page = await open({ width: 360 });
    await untilPhase(page, 'done');
    await page.getByRole('button', { name: 'Save Throughput' }).waitFor();
    const setText = (size: string): Promise<void> =>
      page.evaluate((percent) => {
        document.documentElement.style.fontSize = percent;
      }, size);
    expect(await stops(page)).toEqual([]);
    await setText('200%');
    await expect.poll(() => stops(page)).toContain('Latency, rows');
    // Charts follow the letters a frame later.
    await vi.waitFor(async () => expect(await stops(page)).toEqual(await scrolling(page)), PATIENCE_MS);
    await page.getByRole('region', { name: 'Latency, rows' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => (document.activeElement?.scrollLeft ?? 0) > 0);
    expect(await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle)).toBe(
      'solid',
    );
    await setText('100%');
    await expect.poll(() => stops(page)).toEqual([]);
    // Who stood on it keeps the place.
    await page.keyboard.press('Tab');
    const next = page.locator('[data-table=latency]').locator('xpath=ancestor::section[1]//summary');
    expect(await next.evaluate((summary) => summary === document.activeElement)).toBe(true);
  });

  test('brings a cell into view whole', async () => {
    const page = await open({ width: 360 });
    await untilPhase(page, 'done');
    await page.getByRole('tab', { name: 'How many GPUs' }).click();
    const cells = page.locator('[data-heatmap] button');
    await cells.first().waitFor();
    const scroller = page.locator('[data-heatmap]').locator('xpath=..');
    expect(await scroller.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    // Larger letters need more room than there is.
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '150%';
    });
    await cells.first().focus();
    for (let cell = 0; cell < (await cells.count()); cell++) {
      const hidden = await page.evaluate(() => {
        const { left, right } = document.activeElement?.getBoundingClientRect() ?? new DOMRect();
        const scroller = document.querySelector('[data-heatmap]')?.parentElement;
        const box = scroller?.getBoundingClientRect() ?? new DOMRect();
        return Math.max(box.left - left, right - box.right);
      });
      expect(hidden).toBeLessThanOrEqual(1);
      await page.keyboard.press('Tab');
    }
  });

  test('the end of a run is said aloud', async () => {
    const page = await open();
    await untilPhase(page, 'done');
    const spoken = await page.locator('.status [role=status]').textContent();
    expect(spoken).toMatch(/^Done: .* requests .* Stable: .* p99 TTFT is /);
  });
});

describe('narrow screens', () => {
  test('the tables of a comparison fit 360 px', async () => {
    const page = await open({ width: 360 });
    await untilPhase(page, 'done');
    await page.getByRole('tab', { name: 'Mono and disagg' }).click();
    await page.locator('[data-table=difference_1]').waitFor();
    await page.locator('[data-analysis=running]').waitFor({ state: 'detached' });
    expect(await scrolling(page)).toEqual([]);
    const heights = await page.evaluate(() =>
      [...document.querySelectorAll('[data-table=difference_1] td')].map((cell) => {
        return cell.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(cell).lineHeight);
      }),
    );
    // Two lines and the space around them.
    expect(Math.max(...heights)).toBeLessThan(3);
  });

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
