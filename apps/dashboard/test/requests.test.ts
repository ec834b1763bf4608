/** Requests one by one: where each is at any time, and the same on the page. */
import { formatCount, slowestRequests, waterfall } from '@llmsim/analysis';
import { compile, loadScenario } from '@llmsim/config';
import { simulate } from '@llmsim/engine';
import * as fc from 'fast-check';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { lanesOf, membersOf } from '../src/replay/lanes.ts';
import { replayEvents } from '../src/replay/replay-events.ts';
import { ReplayState } from '../src/replay/replay-state.ts';
import { browserOfThisFile, cellsOf, untilPhase } from './browser.ts';
import { scenarioText } from './reference.ts';

const open = browserOfThisFile();

function kept(name: string, set: readonly string[] = []) {
  const loaded = loadScenario(scenarioText(name), { set });
  if (!loaded.ok) throw new Error('The scenario is not valid');
  const compiled = compile(loaded.scenario.config, { keep_requests: true });
  if (!compiled.ok) throw new Error('The scenario does not compile');
  const { report, requests } = simulate(compiled.plan);
  if (requests === null) throw new Error('The run kept no requests');
  const pools = report.pools.map(({ name: pool, gpus }) => ({ name: pool, gpus }));
  return { log: requests, pools, end_s: report.end_s, slo_ttft_s: report.slo?.ttft_s ?? null };
}

describe.each([
  ['example', []],
  ['example', ['mode=mono', 'arrival.rate_per_s=9']],
  ['steps-disagg', ['sim_seconds=40']],
  ['steps-mono', ['sim_seconds=40']],
] as const)('replay of %s with %j', (name, set) => {
  const run = kept(name, set);
  const { log, end_s } = run;
  const events = replayEvents(log, end_s);
  const lanes = lanesOf(run);

  test('everybody who has arrived is in one place or gone, at any time and in any order of visits', () => {
    const state = new ReplayState(events);
    fc.assert(
      fc.property(fc.double({ min: 0, max: end_s, noNaN: true }), (time_s) => {
        state.goTo(time_s);
        const count = (column: Float64Array): number => column.filter((at) => at <= time_s).length;
        const placed = lanes.flatMap((lane) => membersOf(lane, state));
        expect(new Set(placed).size).toBe(placed.length);
        expect(placed.length + state.gone).toBe(count(log.arrival_s));
        expect(state.gone).toBe(count(log.completed_s));
      }),
    );
  });

  test('step by step it ends where jumping to the end does', () => {
    const [stepped, jumped] = [new ReplayState(events), new ReplayState(events)];
    let moves = 0;
    while (stepped.step()) moves++;
    jumped.goTo(end_s);
    expect(moves).toBe(events.length);
    for (const lane of lanes) expect(membersOf(lane, stepped)).toEqual(membersOf(lane, jumped));
  });

  test('no pool of GPUs that hold one request each holds more', () => {
    if (name !== 'example') return;
    const state = new ReplayState(events);
    while (state.step()) {
      const next = events.time_s[state.position];
      // Within an instant a place may be taken before it is left.
      if (next === state.time_s) continue;
      for (const lane of lanes) {
        if (lane.gpus !== null) expect(membersOf(lane, state).length).toBeLessThanOrEqual(lane.gpus);
      }
    }
  });
});

describe('the page', () => {
  async function openRequests(): Promise<Page> {
    const page = await open();
    await untilPhase(page, 'done');
    await page.getByRole('tab', { name: 'Requests' }).click();
    await page.locator('[data-chart=request_waterfall][data-drawn=true]').waitFor();
    return page;
  }

  test('shows the slowest requests with every stage', async () => {
    const page = await openRequests();
    const { log, end_s } = kept('example');
    const { bars } = waterfall(log, {
      ids: slowestRequests(log, 24),
      end_s,
      since: 'each_arrival',
    });
    await page.getByText('Points as a table').click();
    const { from_s: from = [], to_s: to = [] } = await cellsOf(page, 'request_waterfall_points');
    expect(from.map(({ value }) => Number(value))).toEqual(bars.map((bar) => bar.from));
    expect(to.map(({ value }) => Number(value))).toEqual(bars.map((bar) => bar.to));
  });

  test('replays: scrubbed, stepped, played and paused', async () => {
    const page = await openRequests();
    const run = kept('example', []);
    const state = new ReplayState(replayEvents(run.log, run.end_s));
    const scrub = page.locator('[name="replay time"]');
    await scrub.fill('200.5');
    state.goTo(200.5);
    const shown = async (): Promise<string[]> =>
      (await page.locator('[data-lane]').allTextContents()).map((text) => text.trim().split(/\s/)[0] ?? '');
    const expected = (): string[] => lanesOf(run).map((lane) => formatCount(membersOf(lane, state).length));
    expect(await shown()).toEqual(expected());

    await page.getByRole('button', { name: 'Next event' }).click();
    state.step();
    state.goTo(state.time_s);
    await expect.poll(shown).toEqual(expected());

    await page.getByRole('button', { name: 'Play' }).click();
    await expect
      .poll(async () => Number(await page.locator('[data-replay=time]').getAttribute('data-value')))
      .toBeGreaterThan(state.time_s + 1);
    await page.getByRole('button', { name: 'Pause' }).click();
    const paused = await page.locator('[data-replay=time]').getAttribute('data-value');
    await page.waitForTimeout(100);
    expect(await page.locator('[data-replay=time]').getAttribute('data-value')).toBe(paused);
  });

  test('says when there are too many to show', async () => {
    const page = await open();
    await page.fill('[name="arrival.rate_per_s"]', '400');
    await page.locator('.run', { hasText: '400 req/s' }).waitFor();
    await untilPhase(page, 'done');
    await page.getByRole('tab', { name: 'Requests' }).click();
    await page.getByRole('alert').getByText('more than the page shows one by one').waitFor();
    const before = page.getByText('What is shown is of the run before.');
    expect(await before.count()).toBe(0);
    await page.fill('[name="arrival.rate_per_s"]', '2');
    await page.getByRole('heading', { name: 'Replay' }).waitFor();
    await page.fill('[name="arrival.rate_per_s"]', '400');
    await before.waitFor();
  });
});
