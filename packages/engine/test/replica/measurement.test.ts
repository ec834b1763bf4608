/**
 * What the replicas report of a window against the same read off the plain loop, step by step: a window opens and
 * closes inside jumps, and what is counted there must not depend on it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BatchingReport, type SimulationReport, simulate } from '../../src/index.ts';
import { expectClose, mean, percentile } from '../support/numbers.ts';
import { batchingOf, planOf } from './engine-run.ts';
import { plainStepLoop } from './plain-step-loop.ts';
import type { StepRun } from './scenario.ts';
import { anyScenario, type Scenario } from './scenarios.ts';

/** A pool's levels from an instant to the next. */
interface Span {
  readonly from_s: number;
  readonly to_s: number;
  readonly busy: number;
  readonly running: number;
  readonly max_running: number;
  readonly blocks: number;
  readonly max_blocks: number;
  readonly waiting: number;
}

interface Watched {
  readonly run: StepRun;
  /** Of each pool. */
  readonly spans: readonly Span[][];
}

function watched({ cluster, workload }: Scenario, end_s: number): Watched {
  const stages = cluster.mode === 'mono' ? ['prefill_and_decode'] : ['prefill', 'decode'];
  const spans = stages.map((): Span[] => []);
  const run = plainStepLoop(
    cluster,
    workload.filter(({ arrival_s }) => arrival_s < end_s),
    (from_s, replicas, _, to_s) => {
      for (const [k, stage] of stages.entries()) {
        const pool = replicas.filter((replica) => replica.stage === stage);
        const running = pool.map((replica) => replica.running.length);
        const blocks = pool.map(({ spec, free_blocks }) => (spec.num_gpu_blocks ?? 0) - free_blocks);
        spans[k]?.push({
          from_s,
          to_s,
          busy: pool.filter(({ step_end_s }) => step_end_s !== Number.POSITIVE_INFINITY).length,
          running: running.reduce((a, b) => a + b),
          max_running: Math.max(...running),
          blocks: blocks.reduce((a, b) => a + b),
          max_blocks: Math.max(...blocks),
          waiting: pool.reduce((sum, replica) => sum + replica.waiting.length, 0),
        });
      }
    },
  );
  return { run, spans };
}

/** Integrals and maxima over [from, to). */
function over(spans: readonly Span[], from: number, to: number) {
  let busy = 0;
  let running = 0;
  let blocks = 0;
  let max_running = 0;
  let max_blocks = 0;
  let waiting = 0;
  let max_waiting = 0;
  for (const span of spans) {
    const seconds = Math.min(span.to_s, to) - Math.max(span.from_s, from);
    if (!(seconds > 0)) continue;
    busy += seconds * span.busy;
    running += seconds * span.running;
    blocks += seconds * span.blocks;
    max_running = Math.max(max_running, span.max_running);
    max_blocks = Math.max(max_blocks, span.max_blocks);
    waiting += seconds * span.waiting;
    max_waiting = Math.max(max_waiting, span.waiting);
  }
  return { busy, running, blocks, max_running, max_blocks, waiting, max_waiting };
}

/** Irrational against all other times, so that no event falls on a border of the window. */
const border = fc.integer({ min: 1, max: 1000 }).map((k) => (k / 1000) * Math.sqrt(53 / 49));

/** Runs both, ending at a share of the time it takes to drain; hands over what each says of the window. */
function forWindows(
  numRuns: number,
  check: (given: {
    scenario: Scenario;
    from: number;
    to: number;
    plain: Watched;
    report: SimulationReport;
    batching: readonly BatchingReport[];
  }) => void,
): void {
  fc.assert(
    fc.property(anyScenario(30), border, border, (scenario, one, other) => {
      const { cluster, workload } = scenario;
      const plan = planOf(cluster, workload);
      const drained_s = simulate(plan).report.end_s;
      const [from, to] = [Math.min(one, other / 2) * drained_s, Math.max(one, other / 2) * drained_s];
      if (from === to) return;
      const result = simulate({ ...plan, warmup_seconds: from, sim_seconds: to });
      check({
        scenario,
        from,
        to,
        plain: watched(scenario, to),
        report: result.report,
        batching: batchingOf(result),
      });
    }),
    { numRuns },
  );
}

describe('inside a window that opens and closes anywhere', () => {
  it('steps, preemptions and gaps are those that end there', () =>
    forWindows(100, ({ from, to, plain, report, batching }) => {
      const inside = (t: number): boolean => from <= t && t < to;
      const { pools, gaps } = plain.run;
      expect(batching.map(({ engine_steps }) => engine_steps)).toEqual(
        pools.map(({ step_ends_s }) => step_ends_s.filter(inside).length),
      );
      expect(batching.map(({ preemptions }) => preemptions)).toEqual(
        pools.map(({ preemptions_s }) => preemptions_s.filter(inside).length),
      );
      const gaps_s = gaps.filter(({ at_s }) => inside(at_s)).map(({ gap_s }) => gap_s);
      expect(report.itl_s.count).toBe(gaps_s.length);
      if (gaps_s.length === 0) return;
      expectClose(report.itl_s.mean, mean(gaps_s), 'mean gap');
      expectClose(report.itl_s.min, Math.min(...gaps_s), 'least gap');
      expectClose(report.itl_s.max, Math.max(...gaps_s), 'greatest gap');
      if (gaps_s.length > 4096) return;
      expectClose(report.itl_s.p50, percentile(gaps_s, 0.5), 'median gap');
      expectClose(report.itl_s.p99, percentile(gaps_s, 0.99), 'p99 gap');
    }));

  it('busy replicas, queues, batch sizes and KV use are their integrals and maxima', () =>
    forWindows(100, ({ scenario: { cluster }, from, to, plain, report, batching }) => {
      const specs =
        cluster.mode === 'mono' ? [cluster.replica] : [cluster.prefill_replica, cluster.decode_replica];
      for (const [
        k,
        { mean_batch_size, max_batch_size, mean_kv_use, max_kv_use, replicas },
      ] of batching.entries()) {
        const seen = over(plain.spans[k] ?? [], from, to);
        expectClose(
          report.pools[k]?.utilization ?? null,
          seen.busy / ((to - from) * replicas),
          'utilization',
        );
        expectClose(report.pools[k]?.mean_queue_length ?? null, seen.waiting / (to - from), 'mean queue');
        expect(report.pools[k]?.max_queue_length).toBe(seen.max_waiting);
        expect(max_batch_size).toBe(seen.max_running);
        if (seen.busy === 0) expect(mean_batch_size).toBeNull();
        else expectClose(mean_batch_size, seen.running / seen.busy, 'mean batch size');
        const blocks = specs[k]?.num_gpu_blocks;
        if (blocks === undefined) {
          expect([mean_kv_use, max_kv_use]).toEqual([null, null]);
          continue;
        }
        expectClose(max_kv_use, seen.max_blocks / blocks, 'greatest KV use');
        // Within a jump each step counts an equal share: off by less than a block for each that runs.
        const off = Math.abs((mean_kv_use ?? Number.NaN) - seen.blocks / ((to - from) * replicas * blocks));
        expect(off).toBeLessThanOrEqual(max_batch_size / blocks + 1e-9);
      }
    }));
});
