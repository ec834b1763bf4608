/** Charts and tables as files: each is saved, opened and read back. */
import { readFile } from 'node:fs/promises';
import { chartTable, type TableSpec } from '@llmsim/analysis';
import { chartsSvg } from '@llmsim/charts';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { fileName } from '../src/saving/file-name.ts';
import { browserOfThisFile, untilBoth, untilPhase } from './browser.ts';
import { simulated, tablesOf, ttftChart } from './reference.ts';
import { startEndlessRun } from './situations.ts';

const open = browserOfThisFile();

/** What is behind a choice of a panel's menu. */
async function saved(page: Page, title: string, choice: string): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole('button', { name: `Save ${title}`, exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: choice }).click(),
  ]);
  await page.getByText(`Saved ${download.suggestedFilename()}.`).waitFor({ state: 'attached' });
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Rows by the names at their heads. */
function records(bytes: Buffer): Record<string, string>[] {
  return parse(bytes, { columns: true });
}

function expected({ columns, rows }: TableSpec): Record<string, string>[] {
  return rows.map((cells) =>
    Object.fromEntries(columns.map(({ key }, index) => [key, String(cells[index]?.value ?? '')] as const)),
  );
}

const TITLE = 'TTFT distribution';

async function opened(colorScheme: 'light' | 'dark' = 'light', width = 1280): Promise<Page> {
  const page = await open({ colorScheme, width });
  await untilBoth(page);
  return page;
}

describe('a chart', () => {
  test('is saved as its values', async () => {
    const page = await opened();
    const { name, bytes } = await saved(page, TITLE, 'CSV values');
    expect(name).toBe('example-ttft_cdf.csv');
    expect(records(bytes)).toEqual(expected(chartTable(ttftChart())));
    expect(bytes.toString()).toMatch(/^series,ttft_s,share_of_requests\n/);
  });

  test('is saved as a drawing with its words and numbers', async () => {
    const page = await opened();
    const { name, bytes } = await saved(page, TITLE, 'SVG drawing');
    expect(name).toBe('example-ttft_cdf.svg');
    // Drawn in a browser as on the command line, bit by bit.
    expect(bytes.toString()).toBe(chartsSvg([ttftChart()]));
    const drawing = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
      return {
        root: parsed.documentElement.tagName,
        errors: parsed.querySelectorAll('parsererror').length,
        texts: [...parsed.querySelectorAll('text')].map(({ textContent }) => textContent),
        curves: [...parsed.querySelectorAll('path[stroke="#0b5cad"]')].length,
      };
    }, bytes.toString());
    expect(drawing).toMatchObject({ root: 'svg', errors: 0 });
    const { title, x, y, lines } = ttftChart();
    expect(lines).not.toEqual([]);
    for (const text of [title, x.label, y.label, '100 %', ...lines.map(({ label }) => label)])
      expect(drawing.texts).toContain(text);
    expect(drawing.curves).toBeGreaterThan(0);
  });

  test.each([
    ['light', [255, 255, 255, 255]],
    ['dark', [25, 29, 35, 255]],
  ] as const)('is saved as a picture, %s, however narrow the page', async (colorScheme, surface) => {
    const page = await opened(colorScheme, 360);
    const { name, bytes } = await saved(page, TITLE, 'PNG picture');
    expect(name).toBe('example-ttft_cdf.png');
    expect([...bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(bytes.readUInt32BE(16)).toBe(1440);
    const height = bytes.readUInt32BE(20);
    expect(height).toBeGreaterThan(600);
    const picture = await page.evaluate(async (base64) => {
      const image = new Image();
      image.src = `data:image/png;base64,${base64}`;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      const pixels = (x: number, y: number, w: number, h: number): number[] => [
        ...(context?.getImageData(x, y, w, h).data ?? []),
      ];
      const colours = (values: number[]): number => {
        const seen = new Set<string>();
        for (let at = 0; at < values.length; at += 4) seen.add(values.slice(at, at + 4).join());
        return seen.size;
      };
      return {
        corner: pixels(0, 0, 1, 1),
        title: colours(pixels(32, 32, 300, 32)),
        plot: colours(pixels(100, 100, 1200, 500)),
      };
    }, bytes.toString('base64'));
    expect(picture.corner).toEqual(surface);
    expect(picture.title).toBeGreaterThan(2);
    expect(picture.plot).toBeGreaterThan(5);
  });
});

test('a table is saved with the numbers of the run, under names with units', async () => {
  const page = await opened();
  const [latency] = tablesOf(simulated('example'));
  if (latency === undefined) throw new Error('There is no table');
  const { name, bytes } = await saved(page, latency.title, 'CSV values');
  expect(name).toBe('example-latency.csv');
  expect(records(bytes)).toEqual(expected(latency));
  expect(bytes.toString()).toMatch(/^metric,mean_s,p50_s,/);
});

describe('the menu', () => {
  test('is worked by keyboard, and closing it gives the focus back', async () => {
    const page = await opened();
    const button = page.getByRole('button', { name: `Save ${TITLE}`, exact: true });
    const choice = page.getByRole('button', { name: 'SVG drawing' });
    await button.focus();
    expect(await choice.isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await choice.evaluate((element) => element === document.activeElement)).toBe(true);
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(download.suggestedFilename()).toBe('example-ttft_cdf.svg');
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await choice.isVisible()).toBe(false);

    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await choice.isVisible()).toBe(false);
  });

  test('closes when it is left, and its Escape cancels no run', async () => {
    const page = await opened();
    const button = page.getByRole('button', { name: `Save ${TITLE}`, exact: true });
    await startEndlessRun(page);
    await button.click();
    await page.keyboard.press('Escape');
    expect(await page.locator('.status').getAttribute('data-phase')).toBe('running');
    await button.click();
    await page.locator('h1').click();
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('Escape');
    await untilPhase(page, 'cancelled');
  });

  test('says why nothing was saved', async () => {
    const page = await open({
      prepare: (fresh) => fresh.route(/assets\/content-/, (route) => route.abort()),
    });
    await page.getByRole('button', { name: `Save ${TITLE}`, exact: true }).click();
    await page.getByRole('button', { name: 'CSV values' }).click();
    await page.getByText('Not saved:').waitFor();
  });
});

test('names of files are names on every system', () => {
  expect(fileName('configs/my run.yaml', 'ttft_cdf', 'png')).toBe('my-run-ttft_cdf.png');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (shown, part) => {
      expect(fileName(shown, part, 'csv')).toMatch(/^([\p{L}\p{N}_][\p{L}\p{N}_.-]*)?\.csv$/u);
    }),
  );
});
