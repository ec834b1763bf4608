/**
 * What a pool of replicas reports of its batches, against the plain step loop looked at after every event and against
 * the request log.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PoolReport, type SimulationResult, simulate } from '../../src/index.ts';
import { planOf } from '../replica/engine-run.ts';
import type { PlainReplica } from '../replica/plain-replica.ts';
import { plainStepLoop } from '../replica/plain-step-loop.ts';
import { type Cluster, clusterOf } from '../replica/scenario.ts';
import { anyScenario, monoScenario, type Scenario } from '../replica/scenarios.ts';
import { expectClose, sum } from '../support/numbers.ts';
import { rowsOf } from '../support/rows.ts';

/** Levels of some replicas over [from, to), held from one look to the next. */
class Watch {
  running_s = 0;
  busy_s = 0;
  blocks_s = 0;
  maxRunning = 0;
  maxBlocks = 0;
  readonly #from: number;
  readonly #to: number;
  #last = 0;
  #levels: ReadonlyArray<{ readonly busy: boolean; readonly running: number; readonly blocks: number }> = [];

  constructor(from: number, to: number) {
    this.#from = from;
    this.#to = to;
  }

  look(now: number, replicas: readonly PlainReplica[]): void {
    const span = Math.min(now, this.#to) - Math.max(this.#last, this.#from);
    // What lasted no longer than a rounding error did not last.
    if (span > 1e-9) {
      for (const { busy, running, blocks } of this.#levels) {
        this.running_s += span * running;
        this.blocks_s += span * blocks;
        if (busy) this.busy_s += span;
        this.maxRunning = Math.max(this.maxRunning, running);
        this.maxBlocks = Math.max(this.maxBlocks, blocks);
      }
    }
    this.#last = now;
    this.#levels = replicas.map(({ step_end_s, running, free_blocks, spec: { num_gpu_blocks = 0 } }) => ({
      busy: step_end_s !== Number.POSITIVE_INFINITY,
      running: running.length,
      blocks: num_gpu_blocks - free_blocks,
    }));
  }
}

/** How many replicas each pool has, in the order of the flow. */
function sizesOf({ mode, replicas, prefill_replicas, decode_replicas }: Cluster): readonly number[] {
  return mode === 'mono' ? [replicas] : [prefill_replicas, decode_replicas];
}

/** The pools of a run with the plain loop's view of each, over the window of the report. */
function watched(
  { cluster, workload }: Scenario,
  { report }: SimulationResult,
): ReadonlyArray<{ readonly pool: PoolReport; readonly watch: Watch; readonly blocks: number | undefined }> {
  const [from, to] = report.window_s;
  const sizes = sizesOf(cluster);
  const watches = sizes.map(() => new Watch(from, to));
  plainStepLoop(cluster, workload, (now, replicas) => {
    for (const [pool, watch] of watches.entries()) {
      const start = sum(sizes.slice(0, pool));
      watch.look(now, replicas.slice(start, start + (sizes[pool] ?? 0)));
    }
  });
  const specs =
    cluster.mode === 'mono' ? [cluster.replica] : [cluster.prefill_replica, cluster.decode_replica];
  return report.pools.map((pool, index) => ({
    pool,
    watch: watches[index] ?? new Watch(0, 0),
    blocks: specs[index]?.num_gpu_blocks,
  }));
}

/** A scenario, measured from a part of its length on and ended at another. */
const windowed = fc
  .record({
    scenario: anyScenario(25),
    warmup: fc.constantFrom(0, 0, 0.2, 0.5),
    end: fc.constantFrom(1, 0.6, 0.9),
  })
  .map(({ scenario, warmup, end }) => {
    const plan = planOf(scenario.cluster, scenario.workload);
    const { end_s } = simulate(plan).report;
    const limited = end < 1 && end_s > 0 ? { sim_seconds: end * end_s } : {};
    return { scenario, plan: { ...plan, warmup_seconds: warmup * end * end_s, ...limited } };
  });

describe('the batches of a pool', () => {
  it('batch size: mean over the time of busy replicas, and the most', () => {
    fc.assert(
      fc.property(windowed, ({ scenario, plan }) => {
        for (const { pool, watch } of watched(scenario, simulate(plan))) {
          const mean = watch.busy_s > 0 ? watch.running_s / watch.busy_s : null;
          if (mean === null) expect(pool.batching?.mean_batch_size).toBeNull();
          else expectClose(pool.batching?.mean_batch_size ?? null, mean, 'mean batch size', 1e-8);
          expect(pool.batching?.max_batch_size).toBe(watch.maxRunning);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('KV use: the mean within a block of each running request, the most exactly', () => {
    fc.assert(
      fc.property(windowed, ({ scenario, plan }) => {
        const result = simulate(plan);
        const [from, to] = result.report.window_s;
        for (const { pool, watch, blocks } of watched(scenario, result)) {
          const { mean_kv_use = null, max_kv_use = null, replicas = 0 } = pool.batching ?? {};
          if (blocks === undefined) {
            expect([mean_kv_use, max_kv_use]).toEqual([null, null]);
            continue;
          }
          if (!(to > from)) continue;
          const all = replicas * blocks * (to - from);
          const off = Math.abs((mean_kv_use ?? Number.NaN) - watch.blocks_s / all);
          expect(off).toBeLessThanOrEqual(watch.running_s / all + 1e-9);
          expect(max_kv_use).toBe(watch.maxBlocks / blocks);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('KV use is exact where no block comes while a batch only decodes', () => {
    const step_time = {
      base_s: 0.01,
      prefill_token_s: 1e-4,
      decode_seq_s: 1e-5,
      decode_context_token_s: 1e-8,
      prefill_attention_s: 0,
    };
    const scenario = {
      cluster: clusterOf('mono', {
        max_num_seqs: 4,
        max_num_batched_tokens: 512,
        enable_chunked_prefill: true,
        block_size: 64,
        num_gpu_blocks: 10,
        step_time,
      }),
      workload: [0, 0.1, 0.15].map((arrival_s) => ({ arrival_s, prompt_tokens: 20, output_tokens: 30 })),
    };
    const result = simulate({ ...planOf(scenario.cluster, scenario.workload), warmup_seconds: 0.12 });
    const [from, to] = result.report.window_s;
    for (const { pool, watch } of watched(scenario, result)) {
      expectClose(pool.batching?.mean_kv_use ?? null, watch.blocks_s / (to - from) / 10, 'KV use');
      expect(pool.batching?.max_kv_use).toBe(0.3);
    }
  });

  it("Little's law for running: its mean is the rate of requests times their time on a replica", () => {
    fc.assert(
      fc.property(monoScenario(30), ({ cluster, workload }) => {
        const result = simulate(planOf(cluster, workload));
        const { pools, end_s, outcomes } = result.report;
        const [pool] = pools;
        if (pool?.batching?.preemptions !== 0 || outcomes.completed === 0) return;
        const visits = rowsOf(result).filter(({ outcome }) => outcome === 'completed');
        const inService = sum(visits.map((row) => row.completed_s - row.prefill_start_s));
        const { mean_batch_size, replicas } = pool.batching;
        const running = (mean_batch_size ?? 0) * pool.utilization * replicas;
        expectClose(running, inService / end_s, 'running');
      }),
      { numRuns: 150 },
    );
  });

  it('counts the steps, the preemptions and the rejections of a whole run as the plain loop does', () => {
    fc.assert(
      fc.property(anyScenario(25), ({ cluster, workload }) => {
        const { pools, outcomes, preempted_requests } = simulate(planOf(cluster, workload)).report;
        const plain = plainStepLoop(cluster, workload);
        expect(pools.map(({ batching }) => batching?.engine_steps)).toEqual(
          plain.pools.map(({ step_ends_s }) => step_ends_s.length),
        );
        expect(sum(pools.map(({ batching }) => batching?.rejected ?? 0))).toBe(outcomes.rejected);
        // A request counts what it lost where its tokens are produced: in the last pool.
        const lost = plain.rows.map(({ preemptions }) => preemptions);
        expect(pools.at(-1)?.batching?.preemptions).toBe(sum(lost));
        expect(preempted_requests).toBe(lost.filter((times) => times > 0).length);
      }),
      { numRuns: 150 },
    );
  });

  it('what two windows that share an edge count adds up', () => {
    fc.assert(
      fc.property(anyScenario(20), fc.double({ min: 0.05, max: 0.95, noNaN: true }), (scenario, share) => {
        const plan = planOf(scenario.cluster, scenario.workload);
        const whole = simulate(plan).report;
        if (!(whole.end_s > 0)) return;
        const cut_s = share * whole.end_s;
        const head = simulate({ ...plan, sim_seconds: cut_s }).report;
        const tail = simulate({ ...plan, warmup_seconds: cut_s }).report;
        for (const count of ['engine_steps', 'preemptions'] as const) {
          const of = ({ pools }: typeof whole): number[] =>
            pools.map(({ batching }) => batching?.[count] ?? 0);
          expect(of(head).map((value, pool) => value + (of(tail)[pool] ?? 0))).toEqual(of(whole));
        }
        expect(head.itl_s.count + tail.itl_s.count).toBe(whole.itl_s.count);
        expectClose(
          (head.itl_s.mean ?? 0) * head.itl_s.count + (tail.itl_s.mean ?? 0) * tail.itl_s.count,
          (whole.itl_s.mean ?? 0) * whole.itl_s.count,
          'time between tokens',
        );
      }),
      { numRuns: 150 },
    );
  });
});

describe('ITL in steps', () => {
  it('is every gap whose later token falls in the window', () => {
    fc.assert(
      fc.property(monoScenario(20), fc.constantFrom(0, 0.3, 0.6), ({ cluster, workload }, share) => {
        const plan = planOf(cluster, workload);
        const from = share * simulate(plan).report.end_s;
        const { itl_s } = simulate({ ...plan, warmup_seconds: from }).report;
        const gaps = tokenInstants(cluster, workload).flatMap((instants) =>
          instants
            .slice(1)
            .flatMap((later, index) => (later >= from ? [later - (instants[index] ?? 0)] : [])),
        );
        expect(itl_s.count).toBe(gaps.length);
        if (gaps.length === 0) return;
        expectClose(itl_s.mean, sum(gaps) / gaps.length, 'mean');
        expectClose(itl_s.max, Math.max(...gaps), 'max');
      }),
      { numRuns: 100 },
    );
  });
});

/** When each token of each request came, in the plain loop. */
function tokenInstants(cluster: Cluster, workload: Scenario['workload']): readonly (readonly number[])[] {
  const instants = new Map<number, readonly number[]>();
  plainStepLoop(cluster, workload, (_, replicas) => {
    for (const { running } of replicas) for (const { id, token_s } of running) instants.set(id, token_s);
  });
  return [...instants.values()];
}
