/** Threads start when there is enough to do. */
import { afterEach, expect, it, vi } from 'vitest';
import * as threads from '../../src/running/threads.ts';
import { whereWorthwhile } from '../../src/running/where-worthwhile.ts';
import { cellOf, worker_file } from './cells.ts';

const started = vi.spyOn(threads, 'inThreads');
afterEach(() => started.mockClear());

it.each([
  ['few small cells', 10, 2, [], 0],
  ['many small cells for one thread', 100_000, 1, [], 0],
  ['a single cell, however large', 1, 2, ['sim_seconds=1e7'], 0],
  ['many small cells', 100_000, 2, [], 1],
  ['few large cells', 2, 2, ['sim_seconds=1e7'], 1],
])('%s', async (_, cells, count, set, pools) => {
  const runner = whereWorthwhile({ cells, threads: count, worker_file });
  const controller = new AbortController();
  const runs = Array.from({ length: Math.min(cells, 2) }, () =>
    runner.run(cellOf([...set, 'quantiles=histogram']), controller.signal),
  );
  expect(started).toHaveBeenCalledTimes(pools);
  controller.abort('enough');
  for (const end of await Promise.allSettled(runs))
    expect(end).toEqual({ status: 'rejected', reason: 'enough' });
  await runner.close();
});

it('runs one cell here and the others in one thread fewer than there may be', async () => {
  const runner = whereWorthwhile({ threads: 3, cells: 100_000, worker_file });
  const reports = await Promise.all([1, 2, 3, 4, 5].map(() => runner.run(cellOf([]))));
  expect(started).toHaveBeenCalledExactlyOnceWith(2, worker_file);
  expect(started.mock.results[0]?.value.concurrency).toBe(runner.concurrency - 1);
  for (const report of reports) expect(report).toEqual(reports[0]);
  await runner.close();
});

it('runs one cell after another here while there is no thread, and goes on after one that fails', async () => {
  const runner = whereWorthwhile({ threads: 1, cells: 3, worker_file });
  const order: string[] = [];
  const run = (name: string, set: readonly string[]): Promise<unknown> =>
    runner.run(cellOf(set)).then(
      () => order.push(name),
      () => order.push(`${name} failed`),
    );
  await Promise.all([
    run('long', ['sim_seconds=20000']),
    run('broken', ['trace={path: t.csv}', 'sim_seconds=']),
    run('short', []),
  ]);
  expect(order).toEqual(['long', 'broken failed', 'short']);
  expect(started).not.toHaveBeenCalled();
});

it('moves to threads once cells have taken longer than expected', async () => {
  const cell = cellOf([]);
  const cpuUsage = vi.spyOn(process, 'cpuUsage').mockReturnValue({ user: 50_000, system: 0 });
  const runner = whereWorthwhile({ threads: 2, cells: 40, worker_file });
  try {
    const here = await runner.run(cell);
    expect(await runner.run(cell)).toEqual(here);
    expect(started).not.toHaveBeenCalled();
    expect(await Promise.all([runner.run(cell), runner.run(cell)])).toEqual([here, here]);
    expect(started).toHaveBeenCalledTimes(1);
  } finally {
    cpuUsage.mockRestore();
    await runner.close();
  }
});
