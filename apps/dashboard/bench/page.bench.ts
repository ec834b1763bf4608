/**
 * The built page in the system's Chromium: how much it loads, how soon it answers, whether it stutters, cancels and
 * keeps its memory. Each line says what it should be; the load of the machine is on the first.
 */
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS, chromiumPath } from '../../../scripts/chromium.mjs';
import { firstLoad } from '../scripts/first-load.mjs';
import { serveBuilt } from '../scripts/serve-built.mjs';
import { watchWorkers } from '../test/watch-workers.ts';
import { type Cancelled, cancelled, holdManyPoints, sliderChange, watch } from './in-page.ts';
import { type HeldAfter, heldAfterRuns } from './memory.ts';

const PATIENCE_MS = 120_000;
/** Of 600 s at this rate come a million requests. */
const MILLION_RATE = '1667';

function report(what: string, value: string, wanted: string, met: boolean): void {
  console.log(`${met ? '✓' : '✗'} ${what.padEnd(52)} ${value.padEnd(34)} at most ${wanted}`);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}

function medianAndWorst(values: readonly number[]): string {
  return `median ${ms(median(values))}, worst ${ms(Math.max(...values))}`;
}

async function open(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(PATIENCE_MS);
  await page.addInitScript(watchWorkers);
  await page.goto(url);
  await until(page, 'done');
  return page;
}

async function until(page: Page, phase: string): Promise<void> {
  await page.locator(`.status[data-phase="${phase}"]`).waitFor();
}

function initialBytes(folder: string): number {
  return firstLoad(folder)
    .map((path) => gzipSync(readFileSync(join(folder, path))).length)
    .reduce((sum, size) => sum + size, 0);
}

async function firstRun(browser: Browser, url: string): Promise<void> {
  const waits: number[] = [];
  for (let visit = 0; visit < 5; visit++) {
    const page = await open(browser, url);
    await page.locator('[data-chart=ttft_cdf][data-drawn=true]').waitFor();
    waits.push(await page.evaluate(() => performance.now()));
    await page.close();
  }
  report(
    'opening → default run with its chart (5 visits)',
    medianAndWorst(waits),
    '2 s',
    median(waits) < 2000,
  );
}

async function sliding(browser: Browser, url: string): Promise<void> {
  const page = await open(browser, url);
  await page.locator('[data-chart=ttft_cdf][data-drawn=true]').waitFor();
  const waits: number[] = [];
  for (let change = 0; change < 30; change++) {
    waits.push(await page.evaluate(sliderChange, 0.1 + change * 0.015));
  }
  report(
    'slider → redrawn, default scenario (30 changes)',
    medianAndWorst(waits),
    '100 ms',
    median(waits) <= 100,
  );
  await page.close();
}

async function millionRequests(browser: Browser, url: string): Promise<void> {
  const page = await open(browser, url);
  await page.fill('[name="cluster_disagg.prefill_gpus"]', '400');
  await page.fill('[name="cluster_disagg.decode_gpus"]', '400');
  await page.waitForTimeout(500);
  await until(page, 'done');
  await page.waitForTimeout(1000);
  await page.evaluate(watch);
  await page.fill('[name="arrival.rate_per_s"]', MILLION_RATE);
  await page.locator('progress').waitFor();
  const from = Date.now();
  await until(page, 'done');
  const took_s = (Date.now() - from) / 1000;
  await page.waitForTimeout(500);
  const { longTasks, updates } = await page.evaluate(() => window.watched);
  const longest = Math.max(0, ...longTasks);
  const text = longest === 0 ? 'none above 50 ms' : `${ms(longest)}, ${longTasks.length} above 50 ms`;
  report(`longest task of the page, 1 M requests in ${took_s.toFixed(1)} s`, text, '50 ms', longest <= 50);
  const [first = 0, last = 0] = [updates[0], updates.at(-1)];
  const rate = (updates.length - 1) / ((last - first) / 1000);
  report('updates of progress a second', rate.toFixed(1), '10', rate <= 10.5);

  const waits: Cancelled[] = [];
  for (let attempt = 0; attempt < 10; attempt++) {
    await page.fill('[name="arrival.rate_per_s"]', String(Number(MILLION_RATE) + attempt + 1));
    await page.locator('progress').waitFor();
    await page.waitForTimeout(200);
    waits.push(await page.evaluate(cancelled));
  }
  const shown = waits.map(({ shown_ms }) => shown_ms);
  report('cancel → cancelled (10 of 1 M requests)', medianAndWorst(shown), '100 ms', median(shown) <= 100);
  console.log(
    `  ${'the simulator is free again'.padEnd(52)} ${medianAndWorst(waits.map(({ stopped_ms }) => stopped_ms))}`,
  );
  await page.close();
}

async function drawing(browser: Browser, url: string, version: string): Promise<void> {
  const page = await open(browser, url);
  await page.locator('[data-chart=ttft_cdf][data-drawn=true]').waitFor();
  await page.evaluate(holdManyPoints, version);
  await page.waitForTimeout(500);
  await page.evaluate(watch);
  await page.evaluate(() => window.drop());
  await page.locator('[data-chart=many][data-drawn=true]').waitFor();
  await page.waitForTimeout(500);
  const { longTasks } = await page.evaluate(() => window.watched);
  const longest = Math.max(0, ...longTasks);
  const text = longest === 0 ? 'none above 50 ms' : `${ms(longest)}, ${longTasks.length} above 50 ms`;
  report('longest task, 100,000 points opened and drawn', text, '50 ms', longest <= 50);
  await page.close();
}

async function memory(browser: Browser, url: string): Promise<void> {
  const page = await open(browser, url);
  const found = await heldAfterRuns(page, await page.context().newCDPSession(page));
  const kB = (bytes: number): string => (bytes / 1000).toFixed(0);
  console.log(
    `  ${'memory after so many runs, kB'.padEnd(33)} ${found.map(({ runs }) => kB(runs * 1000).padStart(7)).join('')}  and a run`,
  );
  for (const whose of ['page', 'workers'] as const) {
    for (const kind of ['objects', 'code', 'native'] as const) {
      const sizes = found.map((after) => after[whose][kind]);
      const growth = perRun(found, sizes);
      console.log(
        `  ${`${kind} of the ${whose}`.padEnd(33)} ${sizes.map((size) => kB(size).padStart(7)).join('')}  ${growth.toFixed(0)} bytes`,
      );
      if (kind === 'objects')
        report(
          `objects of the ${whose}, growth a run`,
          `${growth.toFixed(0)} bytes`,
          '100 bytes',
          growth <= 100,
        );
    }
  }
  const counts = found.map(({ elements, listeners }) => elements + listeners);
  const text = found.map(({ elements, listeners }) => `${elements}+${listeners}`).join(', ');
  report('elements and listeners', text, 'as many', perRun(found, counts) < 0.05);
  await page.close();
}

/** Of the later runs, when everything has been loaded and compiled. */
function perRun(found: readonly HeldAfter[], sizes: readonly number[]): number {
  const [before, last] = [found.at(-2), found.at(-1)];
  return ((sizes.at(-1) ?? 0) - (sizes.at(-2) ?? 0)) / ((last?.runs ?? 1) - (before?.runs ?? 0));
}

const executablePath = chromiumPath();
if (executablePath === undefined)
  throw new Error('The bench needs Chromium: see scripts/ensure-chromium.mjs');
const [load = 0] = loadavg();
console.log(`${cpus().length} cores, load ${load.toFixed(1)} before the start`);
const root = join(process.cwd(), 'apps/dashboard');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const { url, folder, close } = await serveBuilt(root);
const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
try {
  const bytes = initialBytes(folder);
  report(
    'scripts up to the first result, gzip',
    `${(bytes / 1000).toFixed(1)} kB`,
    '150 kB',
    bytes <= 150_000,
  );
  await firstRun(browser, url);
  await sliding(browser, url);
  await millionRequests(browser, url);
  await drawing(browser, url, version);
  await memory(browser, url);
} finally {
  await browser.close();
  await close();
}
