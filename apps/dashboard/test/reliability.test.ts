/** Workers that die, in the middle of a run or of an analysis: it is said, they are replaced, nothing stale appears. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { Connection } from '../src/sim/connection.ts';
import type { RunView } from '../src/sim/protocol.ts';
import { Loaded } from '../src/state/loaded.svelte.ts';
import { browserOfThisFile, cellsOf, untilBoth, untilPhase, untilShown } from './browser.ts';
import { holdAnalyses, letRun } from './hold-analyses.ts';
import { cellsOfSpec, simulated, tablesOf } from './reference.ts';
import { startEndlessRun } from './situations.ts';
import { watchWorkers } from './watch-workers.ts';

const open = browserOfThisFile();

/** A page that lets the test at its workers. */
async function openWithWorkers(): Promise<Page> {
  return open({
    async prepare(fresh) {
      await fresh.addInitScript(watchWorkers);
      await holdAnalyses(fresh);
    },
  });
}

/** Ends a worker as a browser does that runs out of memory, and tells the page as it would. */
async function kill(page: Page, index: number): Promise<void> {
  await page.evaluate((at) => {
    const worker = window.workers.at(at);
    worker?.terminate();
    worker?.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
  }, index);
}

describe('a worker that dies', () => {
  test('in the middle of a run is replaced and said so; the previous result stays', async () => {
    const page = await openWithWorkers();
    await untilPhase(page, 'done');
    const before = await cellsOf(page, 'latency');
    await startEndlessRun(page);
    await kill(page, 0);
    await untilPhase(page, 'broken');
    expect(await page.getByRole('alert').textContent()).toContain('the simulator broke: out of memory');
    expect(await page.locator('.run').textContent()).toContain('previous run');
    expect(await cellsOf(page, 'latency')).toEqual(before);

    await page.selectOption('[name=scenario]', 'example');
    await page.fill('[name="arrival.rate_per_s"]', '5');
    await untilShown(page, '5.00 req/s');
    const [latency] = tablesOf(simulated('example', ['arrival.rate_per_s=5']));
    if (latency === undefined) throw new Error('There is no table');
    expect(await cellsOf(page, 'latency')).toEqual(cellsOfSpec(latency));
    expect((await page.getByRole('alert').textContent())?.trim()).toBe('');
  });

  test('in the middle of an analysis loses its run, which is said, and the others go on in a new one', async () => {
    const page = await openWithWorkers();
    await untilBoth(page);
    const before = await page.evaluate(() => window.workers.length);
    await page.getByRole('tab', { name: 'Mono and disagg' }).click();
    await letRun(page, 3);
    await page.waitForFunction((count) => window.workers.length > count, before);
    await page.waitForFunction(
      () => (document.querySelector<HTMLProgressElement>('#view progress')?.value ?? 0) > 0,
    );
    await kill(page, -1);
    await letRun(page);
    const answer = page.locator('[data-document=compare]');
    await answer.getByText(/runs \d+ failed/).waitFor();
    await page.getByRole('button', { name: 'Run again' }).click();
    await answer.getByText(/runs \d+ failed/).waitFor({ state: 'detached' });
    expect(await answer.locator('li').count()).toBeGreaterThan(1);
  });
});

describe('a connection', () => {
  test('keeps nothing of the calls that have ended', async () => {
    const page = await openWithWorkers();
    await untilPhase(page, 'done');
    // Ports to the page that a run opens for its progress are closed by its end.
    const devtools = await page.context().newCDPSession(page);
    const ports = async (): Promise<number> => {
      await devtools.send('HeapProfiler.collectGarbage');
      const { result } = await devtools.send('Runtime.evaluate', { expression: 'MessagePort.prototype' });
      const { objects } = await devtools.send('Runtime.queryObjects', {
        prototypeObjectId: result.objectId ?? '',
      });
      const { result: length } = await devtools.send('Runtime.callFunctionOn', {
        objectId: objects.objectId ?? '',
        functionDeclaration: 'function () { return this.length; }',
      });
      return Number(length.value);
    };
    for (let run = 0; run < 8; run++) {
      await page.fill('[name=random_seed]', String(100 + run));
      await untilShown(page, `seed ${100 + run}`);
    }
    await expect.poll(ports).toBeLessThan(5);
  });

  test('that was never used can be closed', () => {
    expect(() => new Connection().close()).not.toThrow();
  });
});

describe('Loaded', () => {
  /** Loads that end when the test says so. */
  function byHand(): { loaded: Loaded<string>; ends: Array<(value: string) => void> } {
    const ends: Array<(value: string) => void> = [];
    return { loaded: new Loaded<string>(() => new Promise((end) => ends.push(end))), ends };
  }
  // It never looks inside.
  const view = {} as RunView;

  test('never shows what an older run brings late', async () => {
    const { loaded, ends } = byHand();
    const older = loaded.follow(view);
    const newer = loaded.follow(view);
    ends[1]?.('new');
    await newer;
    ends[0]?.('old');
    await older;
    expect([loaded.value, loaded.busy, loaded.failure]).toEqual(['new', false, null]);
  });

  test('keeps what was there when it is stopped, and says so', async () => {
    const { loaded, ends } = byHand();
    const first = loaded.follow(view);
    ends[0]?.('first');
    await first;
    const second = loaded.follow(view);
    loaded.stop();
    ends[1]?.('late');
    await second;
    expect([loaded.value, loaded.busy, loaded.stopped]).toEqual(['first', false, true]);
  });
});
