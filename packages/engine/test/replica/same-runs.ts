/** Runs a scenario in the engine and in the plain step loop, and expects the same. */
import { expect } from 'vitest';
import { expectClose, mean, sum } from '../support/numbers.ts';
import { batchingOf, engineRun } from './engine-run.ts';
import { plainStepLoop } from './plain-step-loop.ts';
import { expectSameRows, type PoolRun } from './scenario.ts';
import type { Scenario } from './scenarios.ts';

/** The same instants, steps, preemptions and gaps between tokens. */
export function expectSame({ cluster, workload }: Scenario): void {
  const { rows, pools, gaps } = plainStepLoop(cluster, workload);
  const run = engineRun(cluster, workload);
  expectSameRows(run.rows, rows);
  expect(run.steps).toEqual(pools.map(({ step_ends_s }) => step_ends_s.length));
  expect(batchingOf(run.result).map(({ preemptions }) => preemptions)).toEqual(
    pools.map(({ preemptions_s }) => preemptions_s.length),
  );
  const { itl_s } = run.result.report;
  expect(itl_s.count).toBe(gaps.length);
  if (gaps.length === 0) return;
  const gaps_s = gaps.map(({ gap_s }) => gap_s);
  expectClose(itl_s.mean, mean(gaps_s), 'mean gap');
  expectClose(itl_s.min, Math.min(...gaps_s), 'least gap');
  expectClose(itl_s.max, Math.max(...gaps_s), 'greatest gap');
}

function copiesOf({ copies }: PoolRun, way: 'out' | 'in') {
  const those = copies.filter((copy) => copy.way === way);
  return { count: those.length, bytes: sum(those.map(({ bytes }) => bytes)) };
}

/** The same instants, steps, preemptions, hits and copies. */
export function expectSameReuse({ cluster, workload }: Scenario): void {
  const { rows, pools } = plainStepLoop(cluster, workload);
  const run = engineRun(cluster, workload);
  expectSameRows(run.rows, rows);
  expect(run.steps).toEqual(pools.map(({ step_ends_s }) => step_ends_s.length));
  const reports = batchingOf(run.result);
  for (const [index, pool] of pools.entries()) {
    const report = reports[index];
    expect(report?.preemptions).toBe(pool.preemptions_s.length);
    const prompts = sum(pool.admissions.map(({ prompt }) => prompt));
    const hits = sum(pool.admissions.map(({ hit }) => hit));
    if (report?.prefix_hit_rate != null) expectClose(report.prefix_hit_rate * prompts, hits, 'hit tokens');
    else expect(hits).toBe(0);
    const [out, back] = [copiesOf(pool, 'out'), copiesOf(pool, 'in')];
    expect([report?.swaps_out ?? 0, report?.swaps_in ?? 0]).toEqual([out.count, back.count]);
    expect([report?.swapped_out_bytes ?? 0, report?.swapped_in_bytes ?? 0]).toEqual([out.bytes, back.bytes]);
  }
}
