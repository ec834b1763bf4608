/** Runs a scenario in the engine and in the plain step loop, and expects the same. */
import { expect, vi } from 'vitest';
import { KvBlocks } from '../../src/replica/kv-blocks.ts';
import { expectClose, mean, sum } from '../support/numbers.ts';
import { batchingOf, type EngineRun, engineRun } from './engine-run.ts';
import { plainStepLoop } from './plain-step-loop.ts';
import { expectSameRows, type PoolRun, type StepRun } from './scenario.ts';
import type { Scenario } from './scenarios.ts';

/** The same instants, steps, preemptions, gaps between tokens and bytes over the link. */
export function expectSame({ cluster, workload }: Scenario): void {
  const plain = plainStepLoop(cluster, workload);
  const run = engineRun(cluster, workload);
  expectSameSteps(run, plain);
  expectSameLink(run, plain, cluster.link?.kv_bytes_per_token);
  const { itl_s } = run.result.report;
  expect(itl_s.count).toBe(plain.gaps.length);
  if (plain.gaps.length === 0) return;
  const gaps_s = plain.gaps.map(({ gap_s }) => gap_s);
  expectClose(itl_s.mean, mean(gaps_s), 'mean gap');
  expectClose(itl_s.min, Math.min(...gaps_s), 'least gap');
  expectClose(itl_s.max, Math.max(...gaps_s), 'greatest gap');
}

/** The same, hits and copies too, but for the gaps. */
export function expectSameReuse({ cluster, workload }: Scenario): void {
  const plain = plainStepLoop(cluster, workload);
  const run = engineRun(cluster, workload);
  expectSameSteps(run, plain);
  expectSameLink(run, plain, cluster.link?.kv_bytes_per_token);
  for (const [index, pool] of plain.pools.entries()) {
    const report = batchingOf(run.result)[index];
    const prompts = sum(pool.admissions.map(({ prompt }) => prompt));
    const hits = sum(pool.admissions.map(({ hit }) => hit));
    if (report?.prefix_hit_rate != null) expectClose(report.prefix_hit_rate * prompts, hits, 'hit tokens');
    else expect(hits).toBe(0);
    const [out, back] = [copiesOf(pool, 'out'), copiesOf(pool, 'in')];
    expect([report?.swaps_out ?? 0, report?.swaps_in ?? 0]).toEqual([out.count, back.count]);
    expect([report?.swapped_out_bytes ?? 0, report?.swapped_in_bytes ?? 0]).toEqual([out.bytes, back.bytes]);
  }
}

/** The same instants, steps and preemptions in the plain loop, in jumps and with every jump forbidden. */
export function expectSameStepping({ cluster, workload }: Scenario): void {
  const plain = plainStepLoop(cluster, workload);
  const jumping = engineRun(cluster, workload);
  const spy = forbidJumps();
  const stepping = engineRun(cluster, workload);
  spy.mockRestore();
  expectSameSteps(stepping, plain);
  expectSameRows(stepping.rows, jumping.rows);
  expect(stepping.steps).toEqual(jumping.steps);
  expect(stepping.result.report.itl_s.count).toBe(jumping.result.report.itl_s.count);
}

/** Replicas jump as far as the blocks last: blocks said to last for no further step forbid that and change nothing else. */
function forbidJumps() {
  return vi.spyOn(KvBlocks.prototype, 'stepsLeft').mockReturnValue(0);
}

function expectSameSteps({ rows, steps, result }: EngineRun, plain: StepRun): void {
  expectSameRows(rows, plain.rows);
  expect(steps).toEqual(plain.pools.map(({ step_ends_s }) => step_ends_s.length));
  expect(batchingOf(result).map(({ preemptions }) => preemptions)).toEqual(
    plain.pools.map(({ preemptions_s }) => preemptions_s.length),
  );
}

function expectSameLink({ result }: EngineRun, plain: StepRun, kv_bytes_per_token: number | undefined): void {
  const [link] = result.report.links;
  if (kv_bytes_per_token === undefined || link === undefined) return;
  expect(link.transfers).toBe(plain.moved_tokens.length);
  // Moved in floating-point pieces of no time, bytes may lack their last bits.
  expectClose(link.bytes, sum(plain.moved_tokens) * kv_bytes_per_token, 'bytes moved');
}

function copiesOf({ copies }: PoolRun, way: 'out' | 'in') {
  const those = copies.filter((copy) => copy.way === way);
  return { count: those.length, bytes: sum(those.map(({ bytes }) => bytes)) };
}
