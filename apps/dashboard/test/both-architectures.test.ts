/** The other architecture beside the run on show: on the same seed, in its own time, never of another run. */
import { type ChartSpec, ttftCdf } from '@llmsim/analysis';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { withOther } from '../src/views/run/with-other.ts';
import { browserOfThisFile, cellsOf, untilBoth, untilPhase, untilShown } from './browser.ts';
import { simulated, ttftChart } from './reference.ts';
import { startEndlessRun } from './situations.ts';

const open = browserOfThisFile();

async function shownPoints(page: Page): Promise<number[]> {
  const { ttft_s: x = [] } = await cellsOf(page, 'ttft_cdf_points');
  return x.map(({ value }) => Number(value));
}

function xs({ series }: ChartSpec): number[] {
  return series.flatMap(({ points }) => points.map(([x]) => x));
}

describe('withOther', () => {
  const [mono, disagg] = (['mono', 'disagg'] as const).map((name) =>
    ttftCdf([{ name, result: simulated('example', [`mode=${name}`]) }]),
  );
  if (mono === undefined || disagg === undefined) throw new Error('There are two');

  test('puts both in one order whichever is on show', () => {
    expect(withOther(disagg, mono)).toEqual(ttftChart());
    expect(withOther(mono, disagg).series).toEqual(ttftChart().series);
  });

  test('keeps the place of an architecture that is missing', () => {
    expect(withOther(disagg, null).series.map(({ name, points }) => [name, points.length > 0])).toEqual([
      ['mono', false],
      ['disagg', true],
    ]);
  });
});

describe('the page', () => {
  test('adds the other architecture of each run on show', async () => {
    const page = await open();
    await untilBoth(page);
    // The shapes of its points tell them apart without colours.
    expect(await page.locator('[data-chart=ttft_cdf] [aria-label=Legend]').textContent()).toMatch(
      /●\s*mono\s*■\s*disagg/,
    );
    await page.getByText('Points as a table').first().click();
    expect(await shownPoints(page)).toEqual(xs(ttftChart()));
    await page.fill('[name="arrival.rate_per_s"]', '4');
    await untilShown(page, '4.00 req/s');
    await expect.poll(() => shownPoints(page)).toEqual(xs(ttftChart(['arrival.rate_per_s=4'])));
  });

  test('shows no curve of another run while one is under way', async () => {
    const page = await open();
    await untilBoth(page);
    await startEndlessRun(page);
    // What is on show is still the run before, with its own other.
    await untilBoth(page);
    await page.keyboard.press('Escape');
    await untilPhase(page, 'cancelled');
    await untilBoth(page);
  });

  test('goes without where the other run breaks', async () => {
    const page = await open({
      // The first worker is that of the run, the second that of the other architecture.
      prepare: (fresh) =>
        fresh.addInitScript(() => {
          let workers = 0;
          const Real = Worker;
          window.Worker = class extends Real {
            constructor(url: string | URL, options?: WorkerOptions) {
              super(++workers === 2 ? './missing.js' : url, options);
              // Heard after the page has heard it.
              this.addEventListener('error', () => setTimeout(() => Object.assign(window, { lost: true })));
            }
          };
        }),
    });
    await untilPhase(page, 'done');
    await page.waitForFunction(() => 'lost' in window);
    await page.locator('[data-chart=ttft_cdf][data-drawn=true]').waitFor();
    const legend = await page.locator('[data-chart=ttft_cdf] [aria-label=Legend] li').allTextContents();
    expect(legend.map((text) => text.trim())).toEqual(['disagg', 'SLO 500 ms']);
    expect((await page.getByRole('alert').textContent())?.trim()).toBe('');
  });
});
