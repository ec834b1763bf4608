/** Texts drawn inside charts are as large as the reader has chosen for the page, at once and on a telephone too. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserOfThisFile, untilBoth } from './browser.ts';
import { tooWide } from './layout.ts';

const open = browserOfThisFile();

declare global {
  interface Window {
    /** Sizes of the fonts that were drawn with, pixels. */
    drawnSizes: Set<number>;
  }
}

function noteSizes(): void {
  window.drawnSizes = new Set();
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (...text) {
    window.drawnSizes.add(Number(/([\d.]+)px/.exec(this.font)?.[1]));
    fillText.apply(this, text);
  };
}

/** The sizes drawn with, smallest first. */
const sizes = (page: Page): Promise<number[]> =>
  page.evaluate(() => [...window.drawnSizes].sort((a, b) => a - b));

async function setRoot(page: Page, size: string): Promise<void> {
  await page.evaluate((percent) => {
    window.drawnSizes.clear();
    document.documentElement.style.fontSize = percent;
  }, size);
}

test.each([
  { width: 1280, usual: [12] },
  { width: 360, usual: [11, 12] },
])('at $width px', async ({ width, usual }) => {
  const page = await open({ width, prepare: (fresh) => fresh.addInitScript(noteSizes) });
  await untilBoth(page);
  expect(await sizes(page)).toEqual(usual);
  for (const [root, scale] of [
    ['200%', 2],
    ['100%', 1],
  ] as const) {
    await setRoot(page, root);
    const wanted = usual.map((size) => size * scale);
    await expect.poll(() => sizes(page)).toEqual(wanted);
    await expect.poll(() => tooWide(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
});
