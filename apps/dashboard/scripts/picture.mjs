// Writes docs/images/dashboard.png: the page after it has run the default scenario, as a picture for the README. Run it
// after a change of the page: `pnpm picture`.
import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM_FLAGS, chromiumPath } from '../../../scripts/chromium.mjs';
import { serveBuilt } from './serve-built.mjs';

const MOST_BYTES = 200_000;
const picture = resolve(import.meta.dirname, '../../../docs/images/dashboard.png');

const executablePath = chromiumPath();
if (executablePath === undefined)
  throw new Error('The picture needs Chromium: see scripts/ensure-chromium.mjs');
const { url, close } = await serveBuilt(resolve(import.meta.dirname, '..'));
const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 930 }, colorScheme: 'light' });
  await page.goto(url);
  // A load at which the two architectures part.
  await page.fill('[name="arrival.rate_per_s"]', '9');
  await page.locator('.run', { hasText: '9.00 req/s' }).waitFor();
  await page.locator('.status[data-phase=done]').waitFor();
  await page
    .locator('[data-chart=ttft_cdf][data-drawn=true] [aria-label=Legend]', { hasText: 'mono' })
    .waitFor();
  await page.locator('h1').click();
  mkdirSync(dirname(picture), { recursive: true });
  await page.screenshot({ path: picture });
} finally {
  await browser.close();
  await close();
}
const { size } = statSync(picture);
if (size > MOST_BYTES) throw new Error(`${picture} has ${size} bytes, more than ${MOST_BYTES}`);
console.log(`${picture}: ${(size / 1000).toFixed(0)} kB`);
