/** Sweeps: points in place whatever finishes first, nothing beyond overload, failures and interruptions kept apart. */
import { batchedMonolithic, constant, type ReplicaSpec } from '@llmsim/engine';
import { describe, expect, it } from 'vitest';
import {
  inProcess,
  type Runner,
  readInterval,
  replications,
  type SweepQuestion,
  type SweepReport,
  sweep,
} from '../../src/index.ts';
import { type MmcCell, mmcPlan, rateAxis, rateSweep, reading } from './mmc-sweep.ts';

const SMALL: ReplicaSpec = {
  max_num_seqs: 64,
  max_num_batched_tokens: 2048,
  enable_chunked_prefill: true,
  block_size: 16,
  step_time: {
    base_s: 0.006,
    prefill_token_s: 5e-5,
    decode_seq_s: 2e-5,
    decode_context_token_s: 2e-8,
    prefill_attention_s: 1e-9,
  },
};
const SEEDS = [1, 2, 3];
const short = (cell: MmcCell) => mmcPlan(cell, 200);
const runner = inProcess(short);

/** Two lines over four rates, the last axis being the rate. */
function twoLines(rates: readonly number[]): SweepQuestion<MmcCell> {
  const factor = {
    key: 'factor',
    label: 'factor',
    unit: 'count',
    values: [1, 2],
    texts: ['1', '2'],
  } as const;
  return {
    axes: [factor, rateAxis(rates)],
    x: 1,
    x_is_load: true,
    metrics: [reading('ttft_s.p99'), reading('tpot_s.p99')],
    seeds: SEEDS,
    early_stop: true,
    cellOf: ([line = 0, step = 0], seed) => ({ rate_per_s: (line + 1) * (rates[step] ?? 0), seed }),
  };
}

/** Holds every cell back for a while of its own. */
function scrambled(concurrency: number): Runner<MmcCell> {
  return {
    concurrency,
    async run(cell, signal) {
      const report = await runner.run(cell, signal);
      for (let turns = (cell.seed * 7919 + cell.rate_per_s * 13) % 40; turns > 0; turns--)
        await Promise.resolve();
      return report;
    },
  };
}

const states = ({ lines }: SweepReport) =>
  lines.map(({ points }) => points.map(({ state }) => state).join(' '));

describe('sweep', () => {
  it('gives the intervals of replications, point by point', async () => {
    const { lines, runs, grid_runs } = await sweep(rateSweep([2, 4], SEEDS), { runner });
    expect([runs, grid_runs]).toEqual([6, 6]);
    for (const point of lines[0]?.points ?? []) {
      const reports = replications(short({ rate_per_s: Number(point.values[0]), seed: 0 }), SEEDS);
      expect(point.metrics['ttft_s.mean']).toEqual(readInterval(reports, (report) => report.ttft_s.mean));
      expect(point.metrics['ttft_s.p99']).toEqual(readInterval(reports, (report) => report.ttft_s.p99));
    }
  });

  it('gives the same report whatever the order in which runs finish', async () => {
    const question = twoLines([9, 3, 5, 12]);
    const report = await sweep(question, { runner });
    for (const concurrency of [2, 3, 7]) {
      expect(await sweep(question, { runner: scrambled(concurrency) })).toEqual(report);
    }
    expect(report.lines.map(({ points }) => points.map(({ values }) => values))).toEqual([
      [
        [1, 3],
        [1, 5],
        [1, 9],
        [1, 12],
      ],
      [
        [2, 3],
        [2, 5],
        [2, 9],
        [2, 12],
      ],
    ]);
  });

  it('leaves out what lies beyond a point overloaded in all runs, unless told not to', async () => {
    // The queue serves 8 requests a second.
    const question = twoLines([3, 5, 12, 15]);
    const ran: MmcCell[] = [];
    const counting = inProcess((cell: MmcCell) => {
      ran.push(cell);
      return short(cell);
    });
    const report = await sweep(question, { runner: counting });
    expect(states(report)).toEqual(['done done done skipped', 'done done skipped skipped']);
    expect(report.lines[1]?.points[1]).toMatchObject({ overloaded: true, overloaded_runs: 3 });
    expect(ran).toHaveLength(report.runs);
    const whole = await sweep({ ...question, early_stop: false }, { runner });
    expect(states(whole)).toEqual(['done done done done', 'done done done done']);
    expect(whole.lines[0]?.points.slice(0, 3)).toEqual(report.lines[0]?.points.slice(0, 3));
    const no_load = await sweep({ ...question, x_is_load: false }, { runner });
    expect(states(no_load)).toEqual(states(whole));
  });

  it('knows the share of requests that were rejected', async () => {
    // The replica holds 160 tokens: prompts of 200 never fit.
    const long = (seed: number): number => (seed === 1 ? 200 : 100);
    const report = await sweep(rateSweep([3, 4], [1, 2]), {
      runner: inProcess(({ rate_per_s, seed }: MmcCell) => ({
        seed,
        sim_seconds: 60,
        workload: {
          kind: 'generated' as const,
          interarrival_s: constant(1 / rate_per_s),
          prompt_tokens: constant(long(seed)),
          output_tokens: constant(10),
        },
        architecture: batchedMonolithic({ replicas: 1, replica: { ...SMALL, num_gpu_blocks: 10 } }),
      })),
    });
    expect(report.lines[0]?.points.map(({ rejected_share }) => rejected_share)).toEqual([0.5, 0.5]);
  });

  it('reports a failing run at its point and runs the rest', async () => {
    const broken = inProcess((cell: MmcCell) => {
      if (cell.rate_per_s === 4 && cell.seed > 1) throw new Error('out of luck');
      return short(cell);
    });
    const { lines, finished } = await sweep(rateSweep([2, 4, 5], SEEDS), { runner: broken });
    expect(finished).toBe(true);
    expect(lines[0]?.points.map(({ state, runs, errors }) => [state, runs, errors])).toEqual([
      ['done', 3, []],
      ['failed', 1, ['out of luck']],
      ['done', 3, []],
    ]);
  });

  it('keeps what had finished when interrupted', async () => {
    const controller = new AbortController();
    const progress: number[][] = [];
    const report = await sweep(rateSweep([2, 4, 5], SEEDS), {
      runner,
      signal: controller.signal,
      onRun: (done, total) => {
        progress.push([done, total]);
        if (done === 5) controller.abort();
      },
    });
    expect(report).toMatchObject({ finished: false, runs: 5, grid_runs: 9 });
    expect(states(report)).toEqual(['done partial partial']);
    expect(report.lines[0]?.points.map(({ runs }) => runs)).toEqual([3, 2, 0]);
    expect(report.lines[0]?.points[1]?.metrics['ttft_s.mean']?.n).toBe(2);
    expect(progress).toEqual([1, 2, 3, 4, 5].map((done) => [done, 9]));
  });

  it('needs seeds and metrics', async () => {
    await expect(sweep(rateSweep([1], [1]), { runner })).rejects.toThrow('at least 2 seeds');
    await expect(sweep({ ...rateSweep([1], SEEDS), metrics: [] }, { runner })).rejects.toThrow(
      'at least one',
    );
  });
});
