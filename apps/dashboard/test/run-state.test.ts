/** Runs that end in any order: only the newest counts. Each run here ends when the test says so. */
import { chosenWarmUp, pilotOf, withChosenWarmUp } from '@llmsim/analysis';
import { compile, loadScenario } from '@llmsim/config';
import { Simulation, simulate } from '@llmsim/engine';
import { describe, expect, test } from 'vitest';
import type { RunOptions } from '../src/sim/client.ts';
import { reportOf } from '../src/sim/further-runs.ts';
import type { RunOutcome, RunView, ScenarioSource } from '../src/sim/protocol.ts';
import { runInFull } from '../src/sim/run-in-full.ts';
import { runScenario } from '../src/sim/run-scenario.ts';
import { RunState } from '../src/state/run.svelte.ts';
import { scenarioText } from './reference.ts';

interface OpenRun extends RunOptions {
  end(outcome: RunOutcome): void;
  fail(error: Error): void;
}

function byHand(): { state: RunState; runs: OpenRun[]; start: () => Promise<void> } {
  const runs: OpenRun[] = [];
  const state = new RunState({
    run: (_, options) =>
      new Promise((end, fail) => {
        runs.push({ ...options, end, fail });
      }),
  });
  return {
    state,
    runs,
    start: () => state.start({ file: 'a.yaml', text: '', edits: [], trace: null, base: null }),
  };
}

function source(seed: number): ScenarioSource {
  return {
    file: 'example.yaml',
    text: scenarioText('example'),
    edits: [{ path: 'random_seed', value: seed }],
    trace: null,
    base: null,
  };
}

async function viewOfSeed(seed: number): Promise<RunView> {
  const outcome = await runScenario(source(seed), { signal: new AbortController().signal, onProgress() {} });
  if (outcome.kind !== 'done') throw new Error(outcome.kind);
  return outcome.view;
}

describe('RunState', () => {
  test('a result that comes after a newer one is dropped', async () => {
    const { state, runs, start } = byHand();
    const [older, newer] = [await viewOfSeed(1), await viewOfSeed(2)];
    const first = start();
    const second = start();
    expect(runs[0]?.signal.aborted).toBe(true);
    runs[1]?.end({ kind: 'done', view: newer });
    await second;
    runs[0]?.onProgress(0.5);
    runs[0]?.end({ kind: 'done', view: older });
    await first;
    expect(state.view).toBe(newer);
    expect([state.phase, state.fraction, state.stale]).toEqual(['done', 1, false]);
  });

  test('nor does an older run touch a newer one that is still running', async () => {
    const { state, runs, start } = byHand();
    const first = start();
    void start();
    runs[1]?.onProgress(0.25);
    runs[0]?.onProgress(0.75);
    runs[0]?.fail(new Error('late'));
    await first;
    expect([state.phase, state.fraction, state.obstacles]).toEqual(['running', 0.25, []]);
  });

  test.each([
    ['cancelled', (run: OpenRun) => run.end({ kind: 'cancelled' })],
    ['invalid', (run: OpenRun) => run.end({ kind: 'invalid', text: '', problems: [], wanted: null })],
    ['broken', (run: OpenRun) => run.fail(new Error('lost'))],
  ] as const)('a run that ends %s keeps the previous result, marked stale', async (phase, end) => {
    const { state, runs, start } = byHand();
    const view = await viewOfSeed(1);
    const first = start();
    runs[0]?.end({ kind: 'done', view });
    await first;
    const second = start();
    if (runs[1] !== undefined) end(runs[1]);
    await second;
    expect(state.view).toBe(view);
    expect([state.phase, state.stale]).toEqual([phase, true]);
  });

  test('cancel gives the newest run up at once, and drops what it still says', async () => {
    const { state, runs, start } = byHand();
    const run = start();
    runs[0]?.onProgress(0.25);
    state.cancel();
    expect(runs[0]?.signal.aborted).toBe(true);
    expect(state.phase).toBe('cancelled');
    runs[0]?.onProgress(0.5);
    runs[0]?.end({ kind: 'done', view: await viewOfSeed(1) });
    await run;
    expect([state.phase, state.fraction, state.view]).toEqual(['cancelled', 0.25, null]);
  });

  test('cancel does nothing to a run that has ended', async () => {
    const { state, runs, start } = byHand();
    const run = start();
    runs[0]?.end({ kind: 'done', view: await viewOfSeed(1) });
    await run;
    state.cancel();
    expect([state.phase, state.fraction]).toEqual(['done', 1]);
  });
});

describe('runInFull', () => {
  function longRun(): Simulation {
    const loaded = loadScenario(scenarioText('example'), { set: ['arrival.rate_per_s=1000'] });
    const compiled = loaded.ok ? compile(loaded.scenario.config) : loaded;
    if (!compiled.ok) throw new Error('The scenario does not compile');
    return new Simulation(compiled.plan);
  }

  test('of a run that is given up no report is made', async () => {
    const run = longRun();
    const controller = new AbortController();
    run.progress.subscribe(() => controller.abort());
    expect(await runInFull(run, controller.signal)).toBeNull();
    expect(run.advance(0)).toMatchObject({ done: false });
    expect(() => run.result()).toThrow('not done');
  });

  test('a run that was given up before it started does nothing', async () => {
    const run = longRun();
    expect(await runInFull(run, AbortSignal.abort())).toBeNull();
    expect(run.advance(0).arrivals).toBe(0);
  });
});

describe('runScenario', () => {
  test('an abort between slices cancels', async () => {
    const controller = new AbortController();
    const { file, text } = source(1);
    const fractions: number[] = [];
    const outcome = await runScenario(
      { file, text, edits: [{ path: 'arrival.rate_per_s', value: 1000 }], trace: null, base: null },
      {
        signal: controller.signal,
        onProgress: (fraction) => {
          fractions.push(fraction);
          controller.abort();
        },
      },
    );
    expect(outcome.kind).toBe('cancelled');
    expect(fractions[0]).toBeLessThan(0.5);
  });

  test('leaves out what a pilot asks for, and so do further runs, each with the pilot of the page', async () => {
    const edits = [{ path: 'warmup_seconds', value: 'auto' }];
    const { signal } = new AbortController();
    const outcome = await runScenario({ ...source(1), edits }, { signal, onProgress() {} });
    if (outcome.kind !== 'done') throw new Error(outcome.kind);
    const { config, report, text } = outcome.view;
    const compiled = compile(config);
    if (!compiled.ok) throw new Error('The scenario does not compile');
    const { plan } = compiled;
    const { warmup_seconds } = chosenWarmUp(plan, simulate(pilotOf(plan)).report);
    expect(config.warmup_seconds).toBe('auto');
    expect(report).toEqual(simulate({ ...plan, warmup_seconds }).report);

    const cell = { file: 'example.yaml', text, set: ['random_seed=7'], trace: null };
    const further = await reportOf({ ...cell, pilot_seed: config.random_seed }, signal);
    expect(further).toEqual({ kind: 'done', report: simulate({ ...plan, seed: 7, warmup_seconds }).report });
    const own = await reportOf(cell, signal);
    expect(own).toEqual({ kind: 'done', report: simulate(withChosenWarmUp({ ...plan, seed: 7 })).report });
  });

  test('a cancel gets through while the pilot runs', async () => {
    const controller = new AbortController();
    const edits = [
      { path: 'warmup_seconds', value: 'auto' },
      { path: 'sim_seconds', value: 1e9 },
      { path: 'quantiles', value: 'histogram' },
    ];
    setTimeout(() => controller.abort(), 1);
    const outcome = await runScenario(
      { ...source(1), edits },
      { signal: controller.signal, onProgress() {} },
    );
    expect(outcome.kind).toBe('cancelled');
  });

  test('mistakes come back with their path and way out', async () => {
    const { file, text } = source(1);
    const outcome = await runScenario(
      { file, text, edits: [{ path: 'random_seed', value: -3 }], trace: null, base: null },
      { signal: new AbortController().signal, onProgress() {} },
    );
    expect(outcome).toMatchObject({
      kind: 'invalid',
      problems: [{ path: 'random_seed', line: 16 }],
    });
  });
});
