/** Threads of the built worker: the engine's own reports, traces shared, errors and interruptions as here. */
import { runAll } from '@llmsim/analysis';
import { simulate } from '@llmsim/engine';
import { afterAll, describe, expect, it } from 'vitest';
import { planOf } from '../../src/running/scenario-cell.ts';
import { inThreads } from '../../src/running/threads.ts';
import { cellOf, replay, worker_file } from './cells.ts';

const threads = inThreads(2, worker_file);
afterAll(() => threads.close());

describe('threads', () => {
  it('give the reports that this thread gives, whatever the order they finish in', async () => {
    const trace = replay();
    const cells = [
      cellOf(['random_seed=7', 'sim_seconds=600']),
      cellOf(['mode=mono']),
      cellOf(['mode=mono', 'cluster_mono={model: steps}']),
      cellOf(['trace={path: t.csv}', 'sim_seconds=', 'warmup_seconds=0'], trace),
      cellOf(['trace={path: t.csv}', 'sim_seconds=', 'warmup_seconds=0', 'mode=disagg'], trace),
    ];
    let outcomes = 0;
    for await (const outcome of runAll(threads, cells)) {
      if ('error' in outcome) throw outcome.error;
      expect(outcome.report).toEqual(simulate(planOf(outcome.cell)).report);
      outcomes++;
    }
    expect(outcomes).toBe(cells.length);
  });

  it('reject with what the run threw, and run the next cell', async () => {
    const broken = cellOf(['trace={path: t.csv}', 'sim_seconds=']);
    await expect(threads.run(broken)).rejects.toThrow('the trace t.csv was not read');
    expect((await threads.run(cellOf([]))).finished).toBe(true);
  });

  it('may be ended while others answer: nobody waits for those', async () => {
    const ending = inThreads(1, worker_file);
    const running = [cellOf(['trace={path: t.csv}', 'sim_seconds=']), cellOf([])].map((cell) =>
      ending.run(cell),
    );
    await expect(running[0]).rejects.toThrow('was not read');
    // Meanwhile the other one's answer arrives, and lies there unread.
    const from = performance.now();
    while (performance.now() < from + 500);
    await Promise.all([ending.close(), Promise.allSettled(running)]);
  });

  it('end what is under way when interrupted, and start anew', async () => {
    const controller = new AbortController();
    const endless = cellOf(['sim_seconds=1e9', 'quantiles=histogram']);
    const running = [1, 2, 3].map(() => threads.run(endless, controller.signal));
    setTimeout(() => controller.abort('enough'), 200);
    const ends = await Promise.allSettled(running);
    expect(ends).toEqual(ends.map(() => ({ status: 'rejected', reason: 'enough' })));
    expect((await threads.run(cellOf([]))).finished).toBe(true);
  });
});
