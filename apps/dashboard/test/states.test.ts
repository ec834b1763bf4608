/** What the page says while a run is loading, running, cancelled, wrong or overtaken; the last result stays. */
import { NO_VALUE } from '@llmsim/analysis';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserOfThisFile, cellsOf, LONG_RATE, untilPhase, untilShown } from './browser.ts';
import { cellsOfSpec, simulated, tablesOf } from './reference.ts';

const open = browserOfThisFile();

/** Where a page under test notes each change of its progress bar. */
interface Watched {
  readonly steps: readonly [at_ms: number, fraction: number][];
}

async function latency(page: Page): Promise<unknown> {
  return cellsOf(page, 'latency');
}

async function startLongRun(page: Page): Promise<void> {
  await page.fill('[name="arrival.rate_per_s"]', LONG_RATE);
  await page.locator('progress').waitFor();
}

describe('states', () => {
  test('a run shows its progress, at most ten times a second', async () => {
    const page = await open();
    await untilPhase(page, 'done');
    await page.evaluate(() => {
      const steps: [at_ms: number, fraction: number][] = [];
      Object.assign(window, { steps });
      new MutationObserver(() => {
        const fraction = document.querySelector('progress')?.value;
        if (fraction !== undefined && fraction !== steps.at(-1)?.[1])
          steps.push([performance.now(), fraction]);
      }).observe(document.body, { subtree: true, attributes: true, childList: true });
    });
    await startLongRun(page);
    expect(await page.locator('#view').getAttribute('aria-busy')).toBe('true');
    await page.waitForFunction(() => (window as unknown as Watched).steps.length > 4);
    const steps = await page.evaluate(() => (window as unknown as Watched).steps);
    const [from_ms = 0] = steps[0] ?? [];
    const [to_ms = 0] = steps.at(-1) ?? [];
    // One for the start and one that a busy page shows late.
    expect(steps.length).toBeLessThanOrEqual(2 + (to_ms - from_ms) / 100);
    const fractions = steps.map(([, fraction]) => fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(Math.max(...fractions)).toBeLessThan(1);
  });

  test('cancel ends a run within 100 ms and keeps the previous result', async () => {
    const page = await open();
    await untilPhase(page, 'done');
    const before = await latency(page);
    const waits: number[] = [];
    // The shortest of three at most: the machine may be busy with other things.
    for (let attempt = 0; attempt < 3 && !waits.some((wait) => wait < 100); attempt++) {
      await startLongRun(page);
      waits.push(
        await page.evaluate(async () => {
          const status = document.querySelector<HTMLElement>('.status');
          const cancel = [...document.querySelectorAll('button')].find((button) =>
            /Cancel/.test(button.textContent),
          );
          const from = performance.now();
          cancel?.click();
          while (status?.dataset.phase === 'running') await new Promise((resolve) => setTimeout(resolve, 1));
          return performance.now() - from;
        }),
      );
      await untilPhase(page, 'cancelled');
      await page.fill('[name="arrival.rate_per_s"]', '2');
      await untilPhase(page, 'done');
    }
    expect(Math.min(...waits)).toBeLessThan(100);
    await startLongRun(page);
    await page.click('text=Cancel');
    await untilPhase(page, 'cancelled');
    expect(await page.locator('.status').textContent()).toMatch(
      /Cancelled at \d\d? %\. The numbers below are from the previous run\./,
    );
    expect(await page.locator('.run').textContent()).toContain('previous run');
    expect(await latency(page)).toEqual(before);
  });

  test('a newer run overtakes an older one for good', async () => {
    const page = await open();
    await untilPhase(page, 'done');
    await startLongRun(page);
    await page.fill('[name="arrival.rate_per_s"]', '3');
    await untilShown(page, '3.00 req/s');
    const [expected] = tablesOf(simulated('example', ['arrival.rate_per_s=3']));
    if (expected === undefined) throw new Error('There is no table');
    await page.waitForTimeout(500);
    expect(await latency(page)).toEqual(cellsOfSpec(expected));
    expect(await page.locator('.status').getAttribute('data-phase')).toBe('done');
  });

  test('a wrong value is explained at its field and the previous result stays', async () => {
    const page = await open();
    await untilPhase(page, 'done');
    const before = await latency(page);
    const rate = page.locator('[name="arrival.rate_per_s"]');
    await rate.fill('-1');
    await untilPhase(page, 'invalid');
    const alert = page.getByRole('alert');
    expect(await alert.textContent()).toContain('arrival.rate_per_s must be above 0, got -1');
    expect(await rate.getAttribute('aria-invalid')).toBe('true');
    expect(await rate.getAttribute('aria-describedby')).toBe(await alert.getAttribute('id'));
    expect(await latency(page)).toEqual(before);
    expect(await page.locator('.run').textContent()).toContain('previous run');
    await rate.fill('2');
    await untilPhase(page, 'done');
    expect((await alert.textContent())?.trim()).toBe('');
    expect(await rate.getAttribute('aria-invalid')).toBe('false');
  });

  test('a run that would not fit into memory is refused before it starts', async () => {
    const page = await open();
    await page.fill('[name="arrival.rate_per_s"]', '1e9');
    await untilPhase(page, 'invalid');
    expect(await page.getByRole('alert').textContent()).toMatch(/would need .* of memory/);
  });

  test('a run in which nothing happens shows that there are no numbers', async () => {
    const page = await open();
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await page.fill('[name="arrival.rate_per_s"]', '1e-9');
    await page.locator('[data-figure=ttft_p99_s]', { hasText: NO_VALUE }).waitFor();
    await page.locator('[data-chart=ttft_cdf][data-drawn=true]').waitFor();
    expect(await page.locator('[data-table=latency] td').allTextContents()).toEqual(
      Array.from({ length: 24 }, () => NO_VALUE),
    );
    expect(errors).toEqual([]);
  });

  test('a simulator that does not load is reported, and the next run tries again', async () => {
    const page = await open({ prepare: (fresh) => fresh.route(/sim\.worker/, (route) => route.abort()) });
    await untilPhase(page, 'broken');
    expect(await page.getByRole('alert').textContent()).toContain(
      'the simulator broke: its code could not be loaded',
    );
    await page.unroute(/sim\.worker/);
    await page.click('text=Run');
    await untilPhase(page, 'done');
    expect((await page.getByRole('alert').textContent())?.trim()).toBe('');
  });
});
