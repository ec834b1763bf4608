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
import { cancelled, holdManyPoints, sliderChange, watch } from './in-page.ts';

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

  const waits: number[] = [];
  for (let attempt = 0; attempt < 10; attempt++) {
    await page.fill('[name="arrival.rate_per_s"]', String(Number(MILLION_RATE) + attempt + 1));
    await page.locator('progress').waitFor();
    await page.waitForTimeout(200);
    waits.push(await page.evaluate(cancelled));
  }
  report('cancel → cancelled (10 of 1 M requests)', medianAndWorst(waits), '100 ms', median(waits) <= 100);
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
  const devtools = await page.context().newCDPSession(page);
  const heap = async (): Promise<number> => {
    await page.waitForTimeout(1500);
    await devtools.send('HeapProfiler.collectGarbage');
    return (await devtools.send('Runtime.getHeapUsage')).usedSize / 2 ** 20;
  };
  const sizes: number[] = [];
  for (let run = 1; run <= 200; run++) {
    await page.evaluate(sliderChange, 0.1 + (run % 40) * 0.01);
    if (run === 20 || run === 200) sizes.push(await heap());
  }
  const [early = 0, late = 0] = sizes;
  const text = `${early.toFixed(1)} MiB, then ${late.toFixed(1)} MiB`;
  report('heap of the page after 20 runs and after 200', text, 'a tenth more', late <= 1.1 * early);
  await page.close();
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
