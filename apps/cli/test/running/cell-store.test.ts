/** Reports on disk: the same bytes back, whole or not at all, under keys that tell every difference. */
import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProcess } from '@llmsim/analysis';
import { simulate } from '@llmsim/engine';
import { describe, expect, it } from 'vitest';
import { cellKeys } from '../../src/running/cell-key.ts';
import { cacheFolder, cellStore } from '../../src/running/cell-store.ts';
import { planOf, type ScenarioCell } from '../../src/running/scenario-cell.ts';
import { stored } from '../../src/running/stored.ts';
import { folder } from '../program.ts';
import { cellOf, replay, worker_file } from './cells.ts';

const keyOf = cellKeys(worker_file);

describe('keys', () => {
  it('differ by seed, configuration, trace and program', () => {
    const trace = replay();
    const replayed = (changed: Partial<typeof trace>): ScenarioCell =>
      cellOf(['trace={path: t.csv}', 'sim_seconds='], { ...trace, ...changed });
    const other = join(folder({ 'cell.worker.js': '// another program' }), 'cell.worker.js');
    const cells = [
      cellOf([]),
      cellOf(['random_seed=43']),
      cellOf(['arrival.rate_per_s=3']),
      replayed({}),
      replayed({ arrival_s: Array.from(trace.arrival_s, (time_s) => time_s * 2) }),
      replayed({ prompt_tokens: trace.output_tokens }),
    ];
    const keys = [...cells.map(keyOf), ...cells.map(cellKeys(other))];
    expect(new Set(keys).size).toBe(12);
    expect(cells.map(keyOf)).toEqual(keys.slice(0, 6));
  });

  it('do not depend on what was run before them', () => {
    const trace = replay();
    const [first, second] = [1, 2].map((seed) =>
      cellOf(['trace={path: t.csv}', 'sim_seconds=', `random_seed=${seed}`, `warmup_seconds=${seed}`], trace),
    );
    if (first === undefined || second === undefined) throw new Error('There are two cells');
    const [forward, backward] = [cellKeys(worker_file), cellKeys(worker_file)];
    expect([first, second].map(forward)).toEqual([second, first].map(backward).reverse());
  });

  it('do not depend on where a trace lies', () => {
    const at = (path: string) => keyOf(cellOf([`trace={path: ${path}}`, 'sim_seconds='], replay()));
    expect(at('here.csv')).toBe(at('there/t.csv'));
  });
});

describe('the store', () => {
  it('runs a cell once and gives the same report from then on', async () => {
    const cells = folder();
    const cell = cellOf(['cluster_disagg={model: steps}']);
    let runs = 0;
    const open = () =>
      stored(
        inProcess((each: ScenarioCell) => {
          runs++;
          return planOf(each);
        }),
        cellStore(cells),
        keyOf,
      );
    const first = open();
    expect(await first.run(cell)).toEqual(simulate(planOf(cell)).report);
    const second = open();
    expect(await second.run(cell)).toEqual(simulate(planOf(cell)).report);
    expect([runs, first.reused(), second.reused()]).toEqual([1, 0, 1]);
    expect(readdirSync(cells)).toEqual([`${keyOf(cell)}.json`]);
  });

  it('does not take a broken file for a report', () => {
    const cells = folder({ 'abc.json': '{"mode": "mo' });
    expect(cellStore(cells).read('abc')).toBeNull();
    expect(cellStore(join(cells, 'none')).read('abc')).toBeNull();
  });

  it('goes without a disk that takes nothing', () => {
    const file = join(folder({ file: '' }), 'file');
    const store = cellStore(join(file, 'cells'));
    store.write('abc', simulate(planOf(cellOf([]))).report);
    store.prune();
    expect(store.read('abc')).toBeNull();
  });

  it('forgets what nobody asked for in a month', () => {
    const cells = folder();
    const now = Date.now();
    for (const [name, days] of [
      ['new.json', 1],
      ['old.json', 31],
      ['.killed.7.part', 40],
    ] as const) {
      writeFileSync(join(cells, name), '{}');
      const then = new Date(now - days * 86_400_000);
      utimesSync(join(cells, name), then, then);
    }
    cellStore(cells).prune(now);
    expect(readdirSync(cells)).toEqual(['new.json']);
  });

  it('lies where caches lie', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: 'caches' })).toBe('caches/llmsim/cells');
    expect(cacheFolder({})).toMatch(/\/\.cache\/llmsim\/cells$/);
    expect(existsSync(worker_file)).toBe(true);
  });
});
