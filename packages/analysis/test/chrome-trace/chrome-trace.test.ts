/** A run in the Trace Event Format: every request where and when it was served, whoever takes the text. */
import {
  batchedDisaggregated,
  batchedMonolithic,
  type ReplicaSpec,
  Simulation,
  type SimulationPlan,
  simulate,
} from '@llmsim/engine';
import { describe, expect, test } from 'vitest';
import { ChromeTrace } from '../../src/index.ts';
import { monoPlan } from '../views/reports.ts';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly ts: number;
  readonly dur: number;
  readonly pid: number;
  readonly tid: number;
  readonly args: { readonly id: number; readonly unfinished?: true };
}

function traced(plan: SimulationPlan): { traceEvents: TraceEvent[]; otherData: unknown } {
  const parts: string[] = [];
  const trace = new ChromeTrace((text) => parts.push(text));
  const run = new Simulation(plan);
  trace.watch(run);
  trace.finish(run.run().report, { made_by: 'test' });
  return JSON.parse(parts.join(''));
}

describe('ChromeTrace', () => {
  const { traceEvents, otherData } = traced(monoPlan);
  const slices = traceEvents.filter(({ ph }) => ph === 'X');

  test('has a finished prefill and decode for every completed request', () => {
    const { outcomes } = simulate(monoPlan).report;
    const finished = slices.filter(({ args }) => args.unfinished === undefined);
    for (const name of ['prefill', 'decode']) {
      const ids = finished.filter((slice) => slice.name === name).map(({ args }) => args.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBeGreaterThanOrEqual(outcomes.completed);
    }
    expect(finished.filter(({ name }) => name === 'decode')).toHaveLength(outcomes.completed);
    expect(otherData).toEqual({ made_by: 'test' });
  });

  test('no two slices of a GPU overlap, and each GPU has a name', () => {
    const threads = new Map<number, TraceEvent[]>();
    for (const slice of slices) threads.set(slice.tid, [...(threads.get(slice.tid) ?? []), slice]);
    expect(threads.size).toBe(4);
    for (const [tid, ones] of threads) {
      ones.sort((a, b) => a.ts - b.ts || a.dur - b.dur);
      for (const [at, { ts }] of ones.entries()) {
        const before = ones[at - 1];
        if (before !== undefined) expect(before.ts + before.dur).toBeLessThanOrEqual(ts + 1e-3);
      }
      expect(traceEvents.some((event) => event.name === 'thread_name' && event.tid === tid)).toBe(true);
    }
  });

  test('an answer of one token that prefill completes has no decode', () => {
    const replica: ReplicaSpec = {
      max_num_seqs: 4,
      max_num_batched_tokens: 512,
      enable_chunked_prefill: true,
      block_size: 16,
      step_time: {
        base_s: 0.01,
        prefill_token_s: 0,
        decode_seq_s: 0,
        decode_context_token_s: 0,
        prefill_attention_s: 0,
      },
    };
    const apart = {
      prefill_replicas: 1,
      prefill_replica: replica,
      decode_replicas: 1,
      decode_replica: replica,
    };
    const architectures = [
      batchedMonolithic({ replicas: 1, replica }),
      batchedDisaggregated({ ...apart, first_token: 'prefill' }),
    ];
    const workload = {
      kind: 'replay',
      arrival_s: [0, 1],
      prompt_tokens: [8, 8],
      output_tokens: [1, 3],
    } as const;
    for (const architecture of architectures) {
      const { traceEvents } = traced({ warmup_seconds: 0, workload, architecture });
      const served = traceEvents
        .filter(({ ph }) => ph === 'X')
        .map(({ name, args: { id } }) => `${name} ${id}`);
      expect(served, architecture.mode).toEqual(['prefill 0', 'prefill 1', 'decode 1']);
    }
  });

  test('watching changes nothing', () => {
    const run = new Simulation(monoPlan);
    new ChromeTrace(() => {}).watch(run);
    expect(run.run().report).toEqual(simulate(monoPlan).report);
  });
});
