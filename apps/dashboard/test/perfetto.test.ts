/** The run on show as trace events: the same as the command line writes. */
import { readFile } from 'node:fs/promises';
import { ChromeTrace } from '@llmsim/analysis';
import { compile, loadScenario } from '@llmsim/config';
import { Simulation } from '@llmsim/engine';
import { expect, test } from 'vitest';
import { browserOfThisFile, untilPhase, untilShown } from './browser.ts';
import { scenarioText } from './reference.ts';

const open = browserOfThisFile();

function eventsOf(set: readonly string[]): unknown[] {
  const loaded = loadScenario(scenarioText('example'), { set });
  const compiled = loaded.ok ? compile(loaded.scenario.config) : loaded;
  if (!compiled.ok) throw new Error('The scenario is not valid');
  const parts: string[] = [];
  const trace = new ChromeTrace((text) => parts.push(text));
  const run = new Simulation(compiled.plan);
  trace.watch(run);
  trace.finish(run.run().report, {});
  return JSON.parse(parts.join('')).traceEvents;
}

test('the page saves the events of the run on show, and says how they are opened', async () => {
  const page = await open();
  await page.fill('[name="arrival.rate_per_s"]', '5');
  await untilShown(page, '5.00 req/s');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save for Perfetto' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('example.trace.json');
  const saved = JSON.parse(await readFile(await download.path(), 'utf8'));
  expect(saved.traceEvents).toEqual(eventsOf(['arrival.rate_per_s=5']));
  expect(saved.otherData).toEqual({ scenario: 'example.yaml', seed: 42 });
  await page.getByRole('status').getByText('At ui.perfetto.dev, Open trace file').waitFor();
  await page.getByRole('button', { name: 'Save for Perfetto' }).waitFor();
});

test('more requests than a timeline holds are refused in words', async () => {
  const page = await open();
  await page.fill('[name="arrival.rate_per_s"]', '400');
  await page.locator('.run', { hasText: '400 req/s' }).waitFor();
  await untilPhase(page, 'done');
  await page.getByRole('button', { name: 'Save for Perfetto' }).click();
  await page
    .getByRole('status')
    .getByText(/^Not saved: .*more than the page shows/)
    .waitFor();
});
