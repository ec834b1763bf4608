/** What the page says while a run is loading, running, cancelled, wrong or overtaken; the last result stays. */
import { NO_VALUE } from '@llmsim/analysis';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserOfThisFile, cellsOf, untilPhase, untilShown } from './browser.ts';
import { cellsOfSpec, simulated, tablesOf } from './reference.ts';
import { chooseFile, startEndlessRun } from './situations.ts';
import { watchWorkers } from './watch-workers.ts';

const open = browserOfThisFile();

/** Where a page under test notes each change of its progress bar. */
interface Watched {
  readonly fractions: readonly number[];
}

async function latency(page: Page): Promise<unknown> {
  return cellsOf(page, 'latency');
}

/** The verdict with its mark; the mark of what is good is the only one that is round. */
async function verdict(page: Page): Promise<string> {
  return ((await page.locator('.answer h2').textContent()) ?? '').trim();
}

describe('states', () => {
  test('a run shows its progress', async () => {
    const page = await open();
    await untilPhase(page, 'done');
    await page.evaluate(() => {
      const fractions: number[] = [];
      Object.assign(window, { fractions });
      new MutationObserver(() => {
        const fraction = document.querySelector('progress')?.value;
        if (fraction !== undefined && fraction !== fractions.at(-1)) fractions.push(fraction);
      }).observe(document.body, { subtree: true, attributes: true, childList: true });
    });
    await startEndlessRun(page);
    expect(await page.locator('#view').getAttribute('aria-busy')).toBe('true');
    await page.waitForFunction(() => (window as unknown as Watched).fractions.length > 4);
    const fractions = await page.evaluate(() => (window as unknown as Watched).fractions);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(Math.max(...fractions)).toBeLessThan(1);
  });

  test('cancel ends a run at once and keeps the previous result; the simulator stops, too', async () => {
    const page = await open({ prepare: (fresh) => fresh.addInitScript(watchWorkers) });
    await untilPhase(page, 'done');
    const before = await latency(page);
    await startEndlessRun(page);
    const phase = await page.evaluate(async () => {
      const cancel = document.querySelector<HTMLElement>('[aria-keyshortcuts=Escape]');
      cancel?.click();
      await new Promise(requestAnimationFrame);
      return document.querySelector<HTMLElement>('.status')?.dataset.phase;
    });
    expect(phase).toBe('cancelled');
    expect(await page.locator('.status').textContent()).toMatch(
      /Cancelled at \d\d? %\. The numbers below are from the previous run\./,
    );
    await page.waitForFunction(() => window.outcomes.includes('cancelled'));
    expect(await page.locator('.run').textContent()).toContain('previous run');
    expect(await latency(page)).toEqual(before);
    await page.selectOption('[name=scenario]', 'example');
    await untilShown(page, '2.00 req/s');
  });

  test('a newer run overtakes an older one for good', async () => {
    const page = await open({ prepare: (fresh) => fresh.addInitScript(watchWorkers) });
    await untilPhase(page, 'done');
    await startEndlessRun(page);
    await page.selectOption('[name=scenario]', 'example');
    await page.fill('[name="arrival.rate_per_s"]', '3');
    await untilShown(page, '3.00 req/s');
    const [expected] = tablesOf(simulated('example', ['arrival.rate_per_s=3']));
    if (expected === undefined) throw new Error('There is no table');
    await page.waitForFunction(() => window.outcomes.includes('cancelled'));
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
    expect(await verdict(page)).toBe('■ Stable, but nothing was served: no request arrived.');
    expect(await page.locator('[data-table=latency] td').allTextContents()).toEqual(
      Array.from({ length: 24 }, () => NO_VALUE),
    );
    expect(errors).toEqual([]);
  });

  test('a run that was over within its warm-up says that nothing was measured', async () => {
    const page = await open();
    await chooseFile(
      page,
      'early.yaml',
      'arrival: {max_requests: 5}\nsim_seconds: 600\nwarmup_seconds: 300\n',
    );
    await untilShown(page, 'early.yaml');
    expect(await verdict(page)).toBe(
      '■ Stable, but nothing was measured: no token fell in the measurement window, which starts at 300 s.',
    );
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
