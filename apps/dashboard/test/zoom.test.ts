/** The page at twice its size: all of it zoomed, or its text alone. Nothing is cut off, covered or out of reach. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserOfThisFile, untilPhase } from './browser.ts';
import { brokenWords, cutOff, outOfReach, overlapping, tooWide } from './layout.ts';
import { unfold, VIEWS } from './situations.ts';

const open = browserOfThisFile();

/** The ways to make a page twice as large. */
const ZOOMS = [
  { zoom: 'all of it', width: 640, deviceScaleFactor: 2, text: '' },
  { zoom: 'its text alone', width: 1280, deviceScaleFactor: 1, text: '200%' },
  { zoom: 'its text alone, on a telephone', width: 360, deviceScaleFactor: 1, text: '200%' },
] as const;

async function expectWhole(page: Page, width: number): Promise<void> {
  // Charts follow the width a frame later.
  await expect.poll(() => tooWide(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  expect(await cutOff(page)).toEqual([]);
  expect(await brokenWords(page)).toEqual([]);
  expect(await overlapping(page)).toEqual([]);
  expect(await outOfReach(page)).toEqual([]);
}

describe.each(ZOOMS)('twice as large, $zoom', ({ width, deviceScaleFactor, text }) => {
  test.each(VIEWS)('$name', async ({ reach }) => {
    const page = await open({ width, deviceScaleFactor });
    await page.evaluate((size) => {
      document.documentElement.style.fontSize = size;
    }, text);
    await untilPhase(page, 'done');
    await reach(page);
    await expectWhole(page, width);
    await unfold(page);
    await expectWhole(page, width);
  });
});

test('finds what is cut off, broken, covered and out of reach', async () => {
  const page = await open({ width: 640 });
  await untilPhase(page, 'done');
  await page.evaluate(() => {
    const row = document.createElement('p');
    const put = (tag: string, words: string, style: Partial<CSSStyleDeclaration>): void => {
      const element = document.createElement(tag);
      element.textContent = words;
      Object.assign(element.style, style);
      row.append(element);
    };
    put('div', 'cut off', { width: '2rem', overflow: 'hidden', whiteSpace: 'nowrap' });
    put('div', 'below', { height: '2rem' });
    put('div', 'above', { marginTop: '-2rem' });
    put('button', 'hidden behind', { display: 'block' });
    put('div', '', { height: '3rem', marginTop: '-3rem', position: 'relative', background: 'red' });
    put('div', 'far too wide', { width: '50rem' });
    put('div', 'in pieces', { width: '2rem' });
    document.querySelector('main')?.prepend(row);
  });
  expect(await cutOff(page)).toEqual(['cut off']);
  expect(await brokenWords(page)).toEqual(['pieces']);
  expect(await overlapping(page)).toEqual(['below and above']);
  expect(await outOfReach(page)).toEqual(['hidden behind']);
  expect(await tooWide(page)).not.toEqual([]);
});
