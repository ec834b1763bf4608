/** The page shows what `simulate()` gives in Node for the same scenario: every cell, as text and as raw value. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserOfThisFile, cellsOf, untilBoth, untilPhase, untilShown } from './browser.ts';
import { allScenarioNames, cellsOfSpec, scenarioNames, simulated, tablesOf, ttftChart } from './reference.ts';

const open = browserOfThisFile();

async function expectShown(page: Page, result: ReturnType<typeof simulated>): Promise<void> {
  for (const spec of tablesOf(result)) {
    expect(await cellsOf(page, spec.id), spec.title).toEqual(cellsOfSpec(spec));
  }
}

describe('numbers', () => {
  test('opening the page runs the example', async () => {
    const page = await open();
    await untilPhase(page, 'done');
    await expectShown(page, simulated('example'));
    expect(await page.inputValue('[name="arrival.rate_per_s"]')).toBe('2');
    expect(await page.inputValue('[name=random_seed]')).toBe('42');
  });

  test('every shipped scenario can be picked, and those without a trace show what Node gives', async () => {
    const page = await open();
    const offered = await page
      .locator('[name=scenario] option')
      .evaluateAll((options) => options.map((option) => option.getAttribute('value')));
    expect([...offered].sort()).toEqual([...allScenarioNames].sort());
    for (const name of scenarioNames) {
      await page.selectOption('[name=scenario]', name);
      await untilShown(page, `${name}.yaml`);
      await expectShown(page, simulated(name));
    }
  });

  test('rate and seed change the run, and an emptied field shows its value again when it is left', async () => {
    const page = await open();
    await page.fill('[name="arrival.rate_per_s"]', '7.5');
    await page.fill('[name=random_seed]', '7');
    await untilShown(page, '7.50 req/s, seed 7');
    await expectShown(page, simulated('example', ['arrival.rate_per_s=7.5', 'random_seed=7']));
    const rate = page.locator('[name="arrival.rate_per_s"]');
    await rate.fill('');
    await rate.blur();
    expect(await rate.inputValue()).toBe('7.5');
    await expectShown(page, simulated('example', ['arrival.rate_per_s=7.5', 'random_seed=7']));
  });

  test('architecture, machines and target are a click away, and a slider moves the load', async () => {
    const page = await open();
    await page.check('[name=mode][value=mono]');
    await untilShown(page, 'example.yaml, mono, 2.00 req/s');
    await page.fill('[name="cluster_mono.num_gpus"]', '3');
    await page.fill('[name="slo.ttft_s"]', '0.25');
    await page.locator('[data-figure=ttft_p99_s] + dd', { hasText: 'SLO 250 ms' }).waitFor();
    await untilPhase(page, 'done');
    const set = ['mode=mono', 'cluster_mono.num_gpus=3', 'slo.ttft_s=0.25'];
    await expectShown(page, simulated('example', set));
    const slider = page.locator('[type=range]');
    await slider.focus();
    await page.keyboard.press('End');
    const most = await slider.inputValue();
    await untilShown(page, `${Number(most).toPrecision(3)} req/s`);
    await expectShown(page, simulated('example', [...set, `arrival.rate_per_s=${most}`]));
  });

  test('the answer strip repeats the tables', async () => {
    const page = await open();
    await untilPhase(page, 'done');
    const { report } = simulated('example');
    const figures = await page
      .locator('[data-figure]')
      .evaluateAll((elements) =>
        elements.map((element) => [
          element.getAttribute('data-figure'),
          Number(element.getAttribute('data-value')),
        ]),
      );
    expect(Object.fromEntries(figures)).toEqual({
      ttft_p99_s: report.ttft_s.p99,
      goodput_rps: report.slo?.goodput_rps,
      utilization: Math.max(...report.pools.map(({ utilization }) => utilization)),
    });
    expect(await page.locator('.answer h2').textContent()).toContain(report.verdict.reason);
  });

  test('the chart is drawn, and its points stand in a table', async () => {
    const page = await open();
    await untilBoth(page);
    await page.getByText('Points as a table').first().click();
    const { ttft_s: x = [], share_of_requests: y = [] } = await cellsOf(page, 'ttft_cdf_points');
    const shown = x.map(({ value }, index) => [Number(value), Number(y[index]?.value)]);
    expect(shown).toEqual(ttftChart().series.flatMap(({ points }) => points));
    const painted = await page
      .locator('[data-chart=ttft_cdf] canvas')
      .evaluate((canvas: HTMLCanvasElement) => {
        const { data = [] } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
        return data.some((channel) => channel !== 0);
      });
    expect(painted).toBe(true);
  });
});
