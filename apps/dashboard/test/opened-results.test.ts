/** Results of analyses, opened: shown as they were stored, or refused in words while the page goes on. */
import type { TableSpec } from '@llmsim/analysis';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { version } from '../package.json';
import { readResult } from '../src/sim/read-result.ts';
import { browserOfThisFile, cellsOf, untilPhase, untilShown } from './browser.ts';
import { cellsOfSpec, simulated, tablesOf } from './reference.ts';
import { chooseFile as choose } from './situations.ts';
import { document, latency, stored } from './stored-answer.ts';

const open = browserOfThisFile();

describe('readResult', () => {
  test('gives a document back as it was stored', () => {
    expect(readResult(stored())).toEqual({ kind: 'document', document });
  });

  test('never throws, whatever JSON or text it is given', () => {
    const values = fc.oneof(
      fc.json(),
      fc.string(),
      fc.jsonValue().map((value) => JSON.stringify({ version, document: value })),
      fc
        .tuple(fc.constantFrom(...Object.keys(document)), fc.jsonValue())
        .map(([part, value]) => stored({ [part]: value })),
    );
    fc.assert(
      fc.property(values, (text) => {
        expect(['scenario', 'document', 'refused']).toContain(readResult(text).kind);
      }),
    );
  });

  const { charts, tables } = document;
  const long: TableSpec = { ...latency, rows: Array.from({ length: 9000 }, () => latency.rows[0] ?? []) };
  test.each([
    ['another version', JSON.stringify({ version: '99.0.0', document }), 'made by llmsim 99.0.0'],
    ['no version', JSON.stringify({ document }), 'no version'],
    [
      'a part of a document',
      JSON.stringify({ version, document: { ...document, tables: [{ ...latency, rows: ['row'] }] } }),
      'damaged',
    ],
    ['parts with one id', stored({ charts: [...charts, ...charts] }), 'one id'],
    ['an id that is none', stored({ tables: [{ ...latency, id: 'a b' }] }), 'an id is none'],
    ['rows of other lengths', stored({ tables: [{ ...latency, rows: [[]] }] }), 'more or fewer cells'],
    [
      'a config that is no scenario',
      JSON.stringify({ version, config: 'x'.repeat(300_000), config_hash: 'x' }),
      'larger than any scenario',
    ],
    ['far too many cells', stored({ tables: [...tables.slice(1), long] }), 'more than a page draws'],
  ])('refuses %s', (_, text, reason) => {
    expect(readResult(text)).toEqual({ kind: 'refused', reason: expect.stringContaining(reason) });
  });
});

declare global {
  interface Window {
    /** Whether the tasks of the page that are to come next wait. */
    holdTasks: (hold: boolean) => void;
  }
}

/** To run in the page before its scripts; knows nothing outside itself. */
function holdingTasks(): void {
  const { setTimeout, clearTimeout } = window;
  const held = new Map<number, () => void>();
  let holding = false;
  window.holdTasks = (hold) => {
    holding = hold;
    for (const [id, run] of held) if (!hold && held.delete(id)) run();
  };
  Object.assign(window, {
    setTimeout(run: () => void, wait_ms?: number): number {
      const id = setTimeout(() => (holding && wait_ms === undefined ? held.set(id, run) : run()), wait_ms);
      return id;
    },
    clearTimeout(id: number): void {
      held.delete(id);
      clearTimeout(id);
    },
  });
}

describe('the page', () => {
  test.each([1280, 360])('shows it with its origin and a way back: %d px', async (width) => {
    const page = await open({ width });
    await untilPhase(page, 'done');
    await choose(page, 'answer.json', stored());
    const heading = page.getByRole('heading', { name: 'Opened file: answer.json' });
    await heading.waitFor();
    expect(await heading.evaluate((element) => element === window.document.activeElement)).toBe(true);
    await page.getByText('<b>Both</b> are stable.').waitFor();
    expect(await page.locator('[data-opened] dl').textContent()).toMatch(/seed\s*42/);
    expect(await cellsOf(page, 'latency')).toEqual(cellsOfSpec(latency));
    await page
      .locator('[data-chart=queue_timeline][data-drawn=true], [data-chart][data-drawn=true]')
      .nth(1)
      .waitFor();
    expect(await page.getByRole('tab').count()).toBe(0);
    await page.getByRole('button', { name: 'Save Latency' }).click();
    expect(await page.evaluate(() => window.document.documentElement.scrollWidth)).toBe(width);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV values' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('answer-latency.csv');

    await page.getByRole('button', { name: 'Back to the run' }).click();
    await page.getByRole('tab', { name: 'This run' }).waitFor();
    expect(
      await page
        .getByRole('tab', { name: 'This run' })
        .evaluate((element) => element === window.document.activeElement),
    ).toBe(true);
    const [own] = tablesOf(simulated('example'));
    if (own === undefined) throw new Error('There is no table');
    expect(await cellsOf(page, 'latency')).toEqual(cellsOfSpec(own));
  });

  test('shows the run again once the scenario is changed', async () => {
    const page = await open();
    await untilPhase(page, 'done');
    await choose(page, 'answer.json', stored());
    await page.locator('[data-opened]').waitFor();
    await page.fill('[name="arrival.rate_per_s"]', '3');
    await untilShown(page, '3.00 req/s');
    expect(await page.locator('[data-opened]').count()).toBe(0);
  });

  test('what is left before it is drawn is drawn no more', async () => {
    const page = await open({ prepare: (fresh) => fresh.addInitScript(holdingTasks) });
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await page.locator('[data-chart=ttft_cdf][data-drawn=true]').waitFor();
    await page.evaluate(() => window.holdTasks(true));
    await choose(page, 'answer.json', stored());
    await page.locator('[data-opened] ~ * [data-chart=queue_timeline]').waitFor();
    expect(await page.locator('[data-opened] ~ * [data-drawn=true]').count()).toBe(0);
    await page.getByRole('button', { name: 'Back to the run' }).click();
    await page.locator('[data-chart=ttft_cdf]').waitFor();
    await page.evaluate(() => window.holdTasks(false));
    await page.locator('[data-chart=ttft_cdf][data-drawn=true]').waitFor();
    expect(said).toEqual([]);
  });

  test('survives drawings of nonsense, and refuses what is too much', async () => {
    const page = await open();
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await untilPhase(page, 'done');
    const [cdf] = document.charts;
    if (cdf === undefined || 'bars' in cdf || 'cells' in cdf) throw new Error('There is no curve');
    const points = [
      [-1, 1e308],
      [0, -1e308],
      [1e-300, 0],
    ] as const;
    const series = [0, 1].map(() => ({ name: 'same', kind: 'line' as const, points, hollow: [] }));
    const notes = ['same', 'same'];
    await choose(
      page,
      'answer.json',
      stored({ charts: [{ ...cdf, series, notes }], tables: [{ ...latency, notes }] }),
    );
    await page.locator('[data-opened]').waitFor();
    await page.locator('[data-document=compare], [role=alert]:not(#obstacles)').first().waitFor();
    await choose(page, 'huge.json', `[${'[],'.repeat(6_000_000)}[]]`);
    await page.getByRole('alert').getByText('not a result that llmsim wrote').waitFor();
    await page.fill('[name="arrival.rate_per_s"]', '3');
    await untilShown(page, '3.00 req/s');
    expect(errors).toEqual([]);
  });
});
