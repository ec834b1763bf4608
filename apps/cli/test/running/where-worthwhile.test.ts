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
  ['a single cell, however large', 1, 2, ['sim_seconds=1e6'], 0],
  ['many small cells', 100_000, 2, [], 1],
  ['few large cells', 2, 2, ['sim_seconds=1e6'], 1],
])('%s', async (_, cells, count, set, pools) => {
  const runner = whereWorthwhile({ cells, threads: count, worker_file });
  const controller = new AbortController();
  const run = runner.run(cellOf([...set, 'quantiles=histogram']), controller.signal);
  expect(started).toHaveBeenCalledTimes(pools);
  controller.abort('enough');
  await expect(run).rejects.toBe('enough');
  await runner.close();
});

it('moves to threads once cells have taken longer than expected', async () => {
  const cell = cellOf([]);
  const cpuUsage = vi.spyOn(process, 'cpuUsage').mockReturnValue({ user: 50_000, system: 0 });
  const runner = whereWorthwhile({ threads: 2, cells: 40, worker_file });
  try {
    const here = await runner.run(cell);
    expect(started).not.toHaveBeenCalled();
    expect(await runner.run(cell)).toEqual(here);
    expect(started).toHaveBeenCalledTimes(1);
  } finally {
    cpuUsage.mockRestore();
    await runner.close();
  }
});
