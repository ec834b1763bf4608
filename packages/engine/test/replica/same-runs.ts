/** Runs a scenario in the engine and in the plain step loop, and expects the same. */
import fc from 'fast-check';
import { expect, vi } from 'vitest';
import type { KvLink } from '../../src/index.ts';
import { KvBlocks } from '../../src/replica/kv-blocks.ts';
import { expectClose, mean, sum } from '../support/numbers.ts';
import { batchingOf, type EngineRun, engineRun } from './engine-run.ts';
import { plainStepLoop } from './plain-step-loop.ts';
import { expectSameRows, type PoolRun, type StepRun } from './scenario.ts';
import type { Scenario } from './scenarios.ts';

/**
 * Transfers of different histories that share, or that one grant of blocks sends, may end together by the mathematics:
 * runs that come so near to it that the last bit decides who is first are not compared.
 */
const APART_S = 1e-8;

/** The same instants, steps, preemptions, gaps between tokens and bytes over the link. */
export function expectSame({ cluster, workload }: Scenario): void {
  const plain = plainRun({ cluster, workload });
  const run = engineRun(cluster, workload);
  expectSameSteps(run, plain);
  expectSameLink(run, plain, cluster.link);
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
  const plain = plainRun({ cluster, workload });
  const run = engineRun(cluster, workload);
  expectSameSteps(run, plain);
  expectSameLink(run, plain, cluster.link);
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
  const plain = plainRun({ cluster, workload });
  const jumping = engineRun(cluster, workload);
  const spy = forbidJumps();
  const stepping = engineRun(cluster, workload);
  spy.mockRestore();
  expectSameSteps(stepping, plain);
  expectSameRows(stepping.rows, jumping.rows);
  expect(stepping.steps).toEqual(jumping.steps);
  expect(stepping.result.report.itl_s.count).toBe(jumping.result.report.itl_s.count);
}

function plainRun({ cluster, workload }: Scenario): StepRun {
  const plain = plainStepLoop(cluster, workload);
  fc.pre(plain.close_s > APART_S);
  return plain;
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

function expectSameLink({ result }: EngineRun, plain: StepRun, link: KvLink | undefined): void {
  const [report] = result.report.links;
  if (link === undefined || report === undefined) return;
  expect(report.transfers).toBe(plain.transfers);
  const bytes = plain.moved_bytes;
  // Moved in floating-point pieces of no time, bytes may lack their last bits; at rates, what moves in the last bit of
  // the time when each part begins and ends.
  const steps = sum(plain.pools.map(({ step_ends_s }) => step_ends_s.length));
  const parts = (report.transfers + steps) * (link.layers ?? 1);
  const lastBits =
    link.sharing === 'fair' ? parts * link.bandwidth_bytes_per_s * result.report.end_s * 2 ** -50 : 0;
  expect(Math.abs(report.bytes - bytes), 'bytes moved').toBeLessThanOrEqual(1e-9 * bytes + lastBits);
}

function copiesOf({ copies }: PoolRun, way: 'out' | 'in') {
  const those = copies.filter((copy) => copy.way === way);
  return { count: those.length, bytes: sum(those.map(({ bytes }) => bytes)) };
}
