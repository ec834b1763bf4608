/**
 * The engine against a recursion of thirty lines that knows no events: a FIFO queue with c servers gives the next
 * request in order the server that is free first (Kiefer and Wolfowitz, 1955).
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transferSeconds } from '../../src/index.ts';
import { clusterAndWorkload, runScenario, type Scenario } from '../support/plans.ts';
import { rowsOf } from '../support/rows.ts';

type Given = Pick<Scenario, 'cluster' | 'workload'>;
type Times = readonly [
  prefillStart: number,
  prefillEnd: number,
  decodeStart: number,
  first: number,
  done: number,
];

/** Serves jobs in order of (queued, id) on c servers; returns each job's start. */
function starts(c: number, queued: readonly number[], end: (id: number, start: number) => number): number[] {
  const free = new Array<number>(c).fill(0);
  const start = new Array<number>(queued.length).fill(Number.NaN);
  const at = (id: number): number => queued[id] ?? Number.NaN;
  for (const id of [...queued.keys()].sort((i, j) => at(i) - at(j) || i - j)) {
    const earliest = free.indexOf(Math.min(...free));
    const begin = Math.max(at(id), free[earliest] ?? 0);
    start[id] = begin;
    free[earliest] = end(id, begin);
  }
  return start;
}

function plainRecursion({ cluster, workload }: Given): Times[] {
  const arrival = Array.from(workload.arrival_s);
  const prompt = (id: number): number => workload.prompt_tokens[id] ?? 0;
  const prefilled = (id: number, start: number): number => start + prompt(id) / cluster.prefill_tokens_per_s;
  const first = (start: number): number => start + 1 / cluster.decode_tokens_per_s;
  const decoded = (id: number, start: number): number =>
    first(start) + ((workload.output_tokens[id] ?? 0) - 1) / cluster.decode_tokens_per_s;
  const row = (id: number, prefill: number, decode: number): Times => [
    prefill,
    prefilled(id, prefill),
    decode,
    first(decode),
    decoded(id, decode),
  ];
  if (cluster.mode === 'mono') {
    const begin = starts(cluster.num_gpus, arrival, (id, start) => decoded(id, prefilled(id, start)));
    return begin.map((start, id) => row(id, start, prefilled(id, start)));
  }
  const prefill = starts(cluster.prefill_gpus, arrival, prefilled);
  const queued = prefill.map(
    (start, id) =>
      prefilled(id, start) + (cluster.link === undefined ? 0 : transferSeconds(cluster.link, prompt(id))),
  );
  const decode = starts(cluster.decode_gpus, queued, decoded);
  return prefill.map((start, id) => row(id, start, decode[id] ?? Number.NaN));
}

function timesOf(scenario: Scenario): Times[] {
  return rowsOf(runScenario(scenario)).map((row) => [
    row.prefill_start_s,
    row.prefill_end_s,
    row.decode_start_s,
    row.first_token_s,
    row.completed_s,
  ]);
}

function largestDifference(actual: readonly Times[], expected: readonly Times[]): number {
  let largest = 0;
  for (const [id, row] of expected.entries()) {
    for (const [column, time] of row.entries()) {
      const got = actual[id]?.[column] ?? Number.NaN;
      if (Number.isNaN(time) && Number.isNaN(got)) continue;
      const off = Math.abs(got - time) / Math.max(1, Math.abs(time));
      largest = Number.isNaN(off) ? Number.POSITIVE_INFINITY : Math.max(largest, off);
    }
  }
  return largest;
}

describe('the engine and a plain recursion', () => {
  it('agree on every instant of thousands of small workloads, ties included', () => {
    fc.assert(
      fc.property(clusterAndWorkload, (given) => {
        const actual = timesOf({ ...given, warmup_seconds: 0, slo: {} });
        expect(actual.length).toBe(given.workload.arrival_s.length);
        expect(largestDifference(actual, plainRecursion(given))).toBeLessThanOrEqual(1e-9);
      }),
      { numRuns: 2500 },
    );
  });

  it('agree on what has happened by any horizon', () => {
    fc.assert(
      fc.property(clusterAndWorkload, fc.integer({ min: 1, max: 40 }), (given, sim_seconds) => {
        const expected = plainRecursion(given)
          .filter((_, id) => (given.workload.arrival_s[id] ?? 0) < sim_seconds)
          .map((row): Times => {
            const until = (time: number): number => (time < sim_seconds ? time : Number.NaN);
            const [a, b, c, d, e] = row;
            return [until(a), until(b), until(c), until(d), until(e)];
          });
        const actual = timesOf({ ...given, sim_seconds, warmup_seconds: 0, slo: {} });
        expect(actual.length).toBe(expected.length);
        expect(largestDifference(actual, expected)).toBeLessThanOrEqual(1e-9);
      }),
      { numRuns: 1000 },
    );
  });
});
