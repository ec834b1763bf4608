/** Answers of many runs: the page's numbers are those of the same analysis in Node. */
import { readFileSync } from 'node:fs';
import {
  clusterTheory,
  compare,
  compareDocument,
  compareSplits,
  headlineReadings,
  inProcess,
  type ResultDocument,
  sizeHeatmap,
  sweep,
  sweepDocument,
  ttftPartReadings,
} from '@llmsim/analysis';
import { compile, loadScenario } from '@llmsim/config';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { fieldsOf } from '../src/sim/fields.ts';
import type { Cell } from '../src/sim/protocol.ts';
import { sizesQuestions } from '../src/views/gpus/sizes-question.ts';
import { loadQuestion } from '../src/views/load/load-question.ts';
import { browserOfThisFile, cellsOf, untilPhase, untilShown } from './browser.ts';
import { holdAnalyses, letRun } from './hold-analyses.ts';
import { cellsOfSpec, scenarioText } from './reference.ts';

const open = browserOfThisFile();

const SHORT = scenarioText('example').replace('sim_seconds: 600.0', 'sim_seconds: 200.0');

function loaded(text: string, set: readonly string[] = []) {
  const result = loadScenario(text, { set });
  if (!result.ok) throw new Error('The scenario is not valid');
  return result.scenario.config;
}

function planOf({ text, set }: Pick<Cell, 'text' | 'set'>) {
  const compiled = compile(loaded(text, set));
  if (!compiled.ok) throw new Error('The scenario does not compile');
  return compiled.plan;
}

const runner = inProcess(planOf);

const base = { file: 'short.yaml', text: SHORT, trace: null };

/** Opens a short scenario and one of its views, and waits for the answer. */
async function openView(tab: string, prepare?: (page: Page) => Promise<unknown>): Promise<Page> {
  const page = await open();
  await page.setInputFiles('input[type=file]', {
    name: 'short.yaml',
    mimeType: '',
    buffer: Buffer.from(SHORT),
  });
  await page.locator('.run', { hasText: 'short.yaml' }).waitFor();
  await untilPhase(page, 'done');
  await prepare?.(page);
  await page.getByRole('tab', { name: tab }).click();
  await page.locator('[data-document]').waitFor();
  await page.locator('[data-analysis=done]').waitFor({ state: 'attached' });
  return page;
}

async function expectTables(page: Page, { tables }: ResultDocument): Promise<void> {
  for (const table of tables) expect(await cellsOf(page, table.id), table.title).toEqual(cellsOfSpec(table));
}

test('against load: both architectures, with the line of this run moved by the slider', async () => {
  const page = await openView('Against load');
  const config = loaded(SHORT);
  const rate = fieldsOf(config).find(({ path }) => path === 'arrival.rate_per_s');
  const most_rps = rate?.kind === 'number' ? (rate.slider_to ?? 0) : 0;
  const question = loadQuestion(base, { config, most_rps, replications: 5 });
  if (question === null) throw new Error('There is nothing to ask');
  const report = await sweep(question, { runner });
  const document = sweepDocument(report, {
    title: 'TTFT against load',
    origin: [],
    targets: config.slo ?? {},
  });
  await expectTables(page, document);
  const answer = await page.locator('[data-document=sweep] li').allTextContents();
  expect(answer.map((text) => text.trim())).toEqual(document.answer.map(({ text }) => text));

  // The CLI's theory at each point, drawn and in the table.
  const chart = document.charts.find(({ id }) => id === 'sweep_ttft_s_mean');
  if (chart === undefined || !('series' in chart) || !('lines' in chart))
    throw new Error('There is no chart');
  const dashed = chart.series.filter((series) => series.dashed);
  expect(dashed.map(({ name }) => name)).toEqual(['mono, theory', 'disagg, theory']);
  for (const [at, mode] of (['mono', 'disagg'] as const).entries()) {
    for (const [rate_rps, theory_s] of dashed[at]?.points ?? []) {
      const set = [`mode=${mode}`, `arrival.rate_per_s=${rate_rps}`];
      const { workload } = planOf({ text: SHORT, set });
      const cluster = mode === 'mono' ? config.cluster_mono : config.cluster_disagg;
      expect(clusterTheory(workload, cluster)).toMatchObject({ applies: true, mean_ttft_s: theory_s });
    }
  }
  const means = page.locator('section', { has: page.locator('[data-chart=sweep_ttft_s_mean]') }).last();
  expect(await means.locator('[aria-label=Legend]').textContent()).toMatch(
    /▲\s*mono, theory\s*◆\s*disagg, theory/,
  );
  await means.getByText('Points as a table').click();
  const points = await cellsOf(page, 'sweep_ttft_s_mean_points');
  expect(points.mean_ttft_s?.map(({ value }) => Number(value))).toEqual(
    chart.series.flatMap((series) => series.points.map(([, y]) => y)),
  );

  const beyond =
    /mono: theory does not apply at \S+ req\/s and above: the gpu pool is offered 1\d\d % of what/;
  await page.locator('[data-chart=sweep_ttft_s_mean]').getByText(beyond).waitFor();

  const legend = page.locator('[data-chart=sweep_ttft_s_p99] [aria-label=Legend]');
  expect(await legend.textContent()).toContain('this run');
  const slider = page.locator('[type=range]').first();
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await untilShown(page, `${Number(await slider.inputValue()).toPrecision(3)} req/s`);
  // The rate is on the way; what was swept stays.
  await page.locator('[data-analysis=done]').waitFor({ state: 'attached' });
  await expectTables(page, document);
});

test('against load: where theory does not apply, the page says why', async () => {
  const page = await open();
  await untilPhase(page, 'done');
  await page.selectOption('[name=scenario]', 'steps-disagg');
  await untilShown(page, 'steps-disagg.yaml');
  await page.getByRole('tab', { name: 'Against load' }).click();
  await page
    .locator('[data-chart=sweep_ttft_s_mean]')
    .getByText('replicas batch requests step by step')
    .first()
    .waitFor({ timeout: 150_000 });
  expect(
    await page.locator('[data-chart=sweep_ttft_s_mean] [aria-label=Legend]').textContent(),
  ).not.toContain('theory');
});

test('mono and disagg: paired differences on the same seeds', async () => {
  const page = await openView('Mono and disagg');
  const readings = [...headlineReadings, ...ttftPartReadings];
  const options = (['mono', 'disagg'] as const).map((mode) => ({
    name: mode,
    cellOf: (seed: number): Cell => ({ ...base, set: [`mode=${mode}`, `random_seed=${seed}`] }),
  }));
  const seeds = Array.from({ length: 10 }, (_, run) => 42 + run);
  const report = await compare({ runner, options, seeds, readings });
  await expectTables(
    page,
    compareDocument(report, {
      title: 'Monolithic and disaggregated',
      readings: headlineReadings,
      origin: [],
    }),
  );
});

describe('how many GPUs', () => {
  test('every cell is the run of its size, and choosing one loads it', async () => {
    const page = await openView('How many GPUs');
    const config = loaded(SHORT);
    const { disagg } = sizesQuestions(base, {
      config,
      rate_per_s: 2,
      replications: 3,
      price_per_hour: null,
      gpus: {},
    });
    const spec = sizeHeatmap(await compareSplits(disagg, runner));
    const shown = await page
      .locator('[data-heatmap=sizes] [data-cell]')
      .evaluateAll((cells) =>
        cells.map((cell) => [cell.getAttribute('data-cell') ?? '', cell.getAttribute('data-value') ?? '']),
      );
    const expected = spec.y.categories.flatMap((y, row) =>
      spec.x.categories.map((x, column) => [`${y}+${x}`, String(spec.cells[row]?.[column]?.value)]),
    );
    expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(expected));

    await page.getByRole('button', { name: `Save ${spec.title}` }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV values' }).click(),
    ]);
    const rows = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\n');
    expect(rows.length).toBe(1 + spec.x.categories.length * spec.y.categories.length);

    await page.locator('[data-cell="3+2"]').click();
    await expect.poll(() => page.inputValue('[name="cluster_disagg.prefill_gpus"]')).toBe('3');
    await expect.poll(() => page.locator('[data-cell="3+2"]').getAttribute('aria-pressed')).toBe('true');
    // The cluster changed, the question did not.
    expect(await page.locator('[data-analysis=running]').count()).toBe(0);
  });

  test('a price turns GPUs into cost', async () => {
    const page = await openView('How many GPUs');
    await page.fill('[name="gpus price"]', '2.5');
    await page.getByRole('heading', { name: 'p99 TTFT against price' }).waitFor();
    await page.getByText('Points as a table').click();
    const { x = [] } = await cellsOf(page, 'pareto_points');
    expect(x.map(({ value }) => Number(value) % 2.5)).toEqual(x.map(() => 0));
  });
});

test('an analysis can be stopped, and one that does not apply says why', async () => {
  const page = await open({ prepare: holdAnalyses });
  await untilPhase(page, 'done');
  await page.getByRole('tab', { name: 'Against load' }).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText(/Stopped at \d+ %/).waitFor();
  await letRun(page);
  await page.getByRole('button', { name: 'Run again' }).click();
  await page.locator('[data-document=sweep]').waitFor();
  await page.selectOption('[name=scenario]', 'azure-conv-mono');
  await page
    .getByRole('alert')
    .getByText('varied. Of a trace, llmsim sweep varies trace.time_scale')
    .waitFor();
  await page.getByText('What is shown is of the scenario before.').waitFor();
});
