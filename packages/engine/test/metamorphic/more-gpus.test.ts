/**
 * More GPUs are never worse — where theory says so. On one workload, path by path:
 *
 * - one FIFO station: the vector of free times with c + 1 servers lies below the one with c (Kiefer and Wolfowitz),
 *   so every request starts no later;
 * - another decode GPU: prefill is untouched, so the decode station sees the same queue, and the first rule holds;
 * - another prefill GPU: every prefill ends no later, but requests may reach decode in another order, and a long
 *   answer may overtake a short one. With answers of equal length order does not matter: the k-th first token comes
 *   no later. With unequal answers mean TTFT can get worse, as the last example pins.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mean } from '../support/numbers.ts';
import { clusterAndWorkload, runScenario, type Scenario } from '../support/plans.ts';
import { type Row, rowsOf } from '../support/rows.ts';

type Given = Pick<Scenario, 'cluster' | 'workload'>;

function rows({ cluster, workload }: Given, over: Partial<Scenario['cluster']>): readonly Row[] {
  return rowsOf(runScenario({ cluster: { ...cluster, ...over }, workload, warmup_seconds: 0, slo: {} }));
}

function expectNoLater(richer: readonly number[], poorer: readonly number[], what: string): void {
  expect(richer.length).toBe(poorer.length);
  for (const [i, time] of richer.entries()) {
    if (!(time <= (poorer[i] ?? Number.NaN))) expect.fail(`${what} ${i}: ${time} after ${poorer[i]}`);
  }
}

const extra = fc.integer({ min: 1, max: 3 });

describe('more GPUs on the same workload', () => {
  it('monolithic: every request starts, and so ends, no later', () => {
    fc.assert(
      fc.property(clusterAndWorkload, extra, (given, more) => {
        const poorer = rows(given, { mode: 'mono' });
        const richer = rows(given, { mode: 'mono', num_gpus: given.cluster.num_gpus + more });
        for (const instant of ['prefill_start_s', 'first_token_s', 'completed_s'] as const)
          expectNoLater(
            richer.map((row) => row[instant]),
            poorer.map((row) => row[instant]),
            instant,
          );
      }),
      { numRuns: 300 },
    );
  });

  it('decode GPUs: every first token comes no later', () => {
    fc.assert(
      fc.property(clusterAndWorkload, extra, (given, more) => {
        const poorer = rows(given, { mode: 'disagg' });
        const richer = rows(given, { mode: 'disagg', decode_gpus: given.cluster.decode_gpus + more });
        for (const instant of ['decode_start_s', 'first_token_s', 'completed_s'] as const)
          expectNoLater(
            richer.map((row) => row[instant]),
            poorer.map((row) => row[instant]),
            instant,
          );
      }),
      { numRuns: 300 },
    );
  });

  it('prefill GPUs: every prefill ends no later', () => {
    fc.assert(
      fc.property(clusterAndWorkload, extra, (given, more) => {
        const poorer = rows(given, { mode: 'disagg' });
        const richer = rows(given, { mode: 'disagg', prefill_gpus: given.cluster.prefill_gpus + more });
        for (const instant of ['prefill_start_s', 'prefill_end_s'] as const)
          expectNoLater(
            richer.map((row) => row[instant]),
            poorer.map((row) => row[instant]),
            instant,
          );
      }),
      { numRuns: 300 },
    );
  });

  it('prefill GPUs, answers of one length: the k-th first token comes no later, nor does TTFT on average', () => {
    fc.assert(
      fc.property(
        clusterAndWorkload,
        extra,
        fc.integer({ min: 1, max: 50 }),
        ({ cluster, workload }, more, output) => {
          const equal: Given = {
            cluster,
            workload: { ...workload, output_tokens: Array.from(workload.arrival_s, () => output) },
          };
          const poorer = rows(equal, { mode: 'disagg' });
          const richer = rows(equal, { mode: 'disagg', prefill_gpus: cluster.prefill_gpus + more });
          const inOrder = (of: readonly Row[]): number[] =>
            of.map((row) => row.first_token_s).sort((a, b) => a - b);
          expectNoLater(inOrder(richer), inOrder(poorer), 'first token');
          const ttft = (of: readonly Row[]): number =>
            mean(of.map((row) => row.first_token_s - row.arrival_s));
          expect(ttft(richer)).toBeLessThanOrEqual(ttft(poorer) * (1 + 1e-12));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a second prefill GPU can make mean TTFT worse, by letting a long answer overtake', () => {
    const given: Given = {
      cluster: {
        mode: 'disagg',
        num_gpus: 1,
        prefill_gpus: 1,
        decode_gpus: 1,
        prefill_tokens_per_s: 1,
        decode_tokens_per_s: 1,
      },
      workload: { kind: 'replay', arrival_s: [0, 0], prompt_tokens: [10, 1], output_tokens: [1, 100] },
    };
    expect(rows(given, {}).map(({ first_token_s }) => first_token_s)).toEqual([11, 12]);
    expect(rows(given, { prefill_gpus: 2 }).map(({ first_token_s }) => first_token_s)).toEqual([102, 2]);
  });
});
