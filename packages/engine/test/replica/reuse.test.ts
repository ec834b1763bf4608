/**
 * Replicas that keep prefixes and swap, against the plain step loop: the same instants, steps, preemptions, hits and
 * copies.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectClose, sum } from '../support/numbers.ts';
import { batchingOf, engineRun } from './engine-run.ts';
import { plainStepLoop } from './plain-step-loop.ts';
import { disaggReuse, monoReuse } from './reuse-scenarios.ts';
import { expectSameRows, type PoolRun } from './scenario.ts';
import type { Scenario } from './scenarios.ts';

function copiesOf({ copies }: PoolRun, way: 'out' | 'in') {
  const those = copies.filter((copy) => copy.way === way);
  return { count: those.length, bytes: sum(those.map(({ bytes }) => bytes)) };
}

function expectSame({ cluster, workload }: Scenario): void {
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

describe('replicas that reuse KV give the times of a plain step loop', () => {
  it('mono, small', { timeout: 120_000 }, () =>
    fc.assert(fc.property(monoReuse(20), expectSame), { numRuns: 400 }),
  );

  it('disagg, small', { timeout: 120_000 }, () =>
    fc.assert(fc.property(disaggReuse(20), expectSame), { numRuns: 250 }),
  );

  it('mono, larger', { timeout: 120_000 }, () =>
    fc.assert(fc.property(monoReuse(120), expectSame), { numRuns: 40 }),
  );

  it('disagg, larger', { timeout: 120_000 }, () =>
    fc.assert(fc.property(disaggReuse(120), expectSame), { numRuns: 20 }),
  );
});
