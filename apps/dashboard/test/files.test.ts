/** Files of the user's: scenarios, traces and results, opened or dropped, good and bad. */
import { createReadStream, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTrace } from '@llmsim/traces';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserOfThisFile, cellsOf, untilPhase, untilShown } from './browser.ts';
import { cellsOfSpec, configPath, scenarioText, simulated, tablesOf } from './reference.ts';

const open = browserOfThisFile();

async function choose(page: Page, name: string, content: string): Promise<void> {
  await page.setInputFiles('input[type=file]', { name, mimeType: '', buffer: Buffer.from(content) });
}

async function alertOf(page: Page, words: string): Promise<string> {
  const alert = page.getByRole('alert').getByText(words);
  await alert.waitFor();
  return (await alert.textContent()) ?? '';
}

async function expectLatency(page: Page, result: ReturnType<typeof simulated>): Promise<void> {
  const [latency] = tablesOf(result);
  if (latency === undefined) throw new Error('There is no table');
  await expect.poll(() => cellsOf(page, 'latency')).toEqual(cellsOfSpec(latency));
}

const ROWS = 'arrival_s,prompt_tokens,output_tokens\n50,100,10\n100,2000,20\n250,300,30\n';

describe('traces', () => {
  test('a shipped replay runs on its own trace', async () => {
    const page = await open();
    await page.selectOption('[name=scenario]', 'azure-conv-mono');
    await untilShown(page, 'azure-conv-mono.yaml');
    const read = await readTrace(createReadStream(configPath('traces/azure-llm-2023-conv.csv')));
    if (!read.ok) throw new Error('The trace cannot be read');
    await expectLatency(page, simulated('azure-conv-mono', [], { trace: read.trace.workload }));
  });

  test('a dropped trace takes the place of the distributions', async () => {
    const page = await open();
    await untilPhase(page, 'done');
    const transfer = await page.evaluateHandle((rows) => {
      const dropped = new DataTransfer();
      dropped.items.add(new File([rows], 'day.csv'));
      return dropped;
    }, ROWS);
    await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
    await page.locator('.status', { hasText: 'Done: 3 requests' }).waitFor();
    expect(await page.locator('[name="arrival.rate_per_s"]').count()).toBe(0);
  });

  test('a bad row is told with its line', async () => {
    const page = await open();
    await choose(page, 'day.csv', `${ROWS}300,x,1\n`);
    expect(await alertOf(page, 'day.csv:5')).toContain('prompt_tokens must be a whole number');
    await choose(page, 'day.csv', ROWS);
    await page.locator('.status', { hasText: 'Done: 3 requests' }).waitFor();
  });

  test('a table of something else leaves the scenario as it is', async () => {
    const page = await open();
    await untilPhase(page, 'done');
    await choose(page, 'results.csv', 'seed,ttft_s.p99\n42,0.3\n');
    await alertOf(page, 'results.csv is no trace');
    expect(await page.locator('.status').getAttribute('data-phase')).toBe('done');
    await page.fill('[name="arrival.rate_per_s"]', '3');
    await untilShown(page, '3.00 req/s');
  });

  test('a trace that the page does not have is asked for', async () => {
    const page = await open();
    await choose(page, 'mine.yaml', 'mode: mono\ntrace: {path: logs/monday.csv}\nwarmup_seconds: 0\n');
    await alertOf(page, 'the trace monday.csv is not in this page');
    await choose(page, 'monday.csv', ROWS);
    await page.locator('.status', { hasText: 'Done: 3 requests' }).waitFor();
  });
});

describe('scenarios and results', () => {
  test('a scenario runs under its own name', async () => {
    const page = await open();
    await choose(page, 'mine.yaml', `${scenarioText('light-load')}\n`);
    await untilShown(page, 'mine.yaml');
    await expectLatency(page, simulated('light-load'));
    expect(await page.locator('[name=scenario] option:checked').textContent()).toBe('mine.yaml');
  });

  test('a result runs again as it was', async () => {
    const page = await open();
    const { config } = JSON.parse(JSON.stringify({ config: { mode: 'mono', random_seed: 9 } }));
    await choose(page, 'result.json', JSON.stringify({ config, config_hash: 'x', report: {} }));
    await untilShown(page, 'result.json, mono, 2.00 req/s, seed 9');
  });

  test.each([
    ['a.txt', 'x', 'the page reads'],
    ['a.yaml', '', 'it is empty'],
    ['a.json', '{', 'not a result'],
    ['a.json', '[]', 'not a result'],
  ])('%s holding "%s" is refused and the page goes on', async (name, content, reason) => {
    const page = await open();
    await untilPhase(page, 'done');
    await choose(page, name, content);
    await alertOf(page, reason);
    await page.fill('[name="arrival.rate_per_s"]', '3');
    await untilShown(page, '3.00 req/s');
    expect((await page.getByRole('alert').textContent())?.trim()).toBe('');
  });

  test('a file too large for a scenario is refused before it is read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'llmsim-files-'));
    const path = join(folder, 'huge.yaml');
    writeFileSync(path, Buffer.alloc(1e6, 'a'));
    const page = await open();
    await page.setInputFiles('input[type=file]', path);
    await alertOf(page, 'larger than any scenario');
  });

  test('a file that is read says so, and what is chosen meanwhile wins', async () => {
    let go = (): void => {};
    const waiting = new Promise<void>((resolve) => {
      go = resolve;
    });
    const page = await open({
      prepare: (fresh) => fresh.route(/opened-file/, (route) => waiting.then(() => route.continue())),
    });
    await untilPhase(page, 'done');
    await choose(page, 'late.txt', 'x');
    await page.locator('.status', { hasText: 'Reading late.txt.' }).waitFor();
    await page.selectOption('[name=scenario]', 'light-load');
    await untilShown(page, 'light-load.yaml');
    const reader = page.waitForResponse(/opened-file/);
    go();
    // The page has asked for the code before: it reads the file before this is answered.
    await page.evaluate(`import('${(await reader).url()}').then(() => {})`);
    expect((await page.getByRole('alert').textContent())?.trim()).toBe('');
    expect(await page.locator('.status').textContent()).toContain('Done');
  });
});
