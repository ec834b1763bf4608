/** Changes of scale and of names that change nothing else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterAndWorkload, runScenario, type Scenario } from '../support/plans.ts';
import { rowsOf } from '../support/rows.ts';

type Given = Pick<Scenario, 'cluster' | 'workload'>;
const run = (given: Given) => runScenario({ ...given, warmup_seconds: 0, slo: {} });

/** The same in a unit of time 2^k times as long, for which floating point loses nothing. */
function slowedDown({ cluster, workload }: Given, k: number): Given {
  const unit = 2 ** k;
  const { link, ...bare } = cluster;
  return {
    cluster: {
      ...bare,
      prefill_tokens_per_s: cluster.prefill_tokens_per_s / unit,
      decode_tokens_per_s: cluster.decode_tokens_per_s / unit,
      ...(link === undefined
        ? {}
        : {
            link: {
              ...link,
              latency_s: link.latency_s * unit,
              bandwidth_bytes_per_s: link.bandwidth_bytes_per_s / unit,
            },
          }),
    },
    workload: { ...workload, arrival_s: Array.from(workload.arrival_s, (t) => t * unit) },
  };
}

describe('changing the unit of time by a power of two', () => {
  it('scales every instant and every latency, to the bit', () => {
    fc.assert(
      fc.property(clusterAndWorkload, fc.integer({ min: -12, max: 12 }), (given, k) => {
        const unit = 2 ** k;
        const [before, after] = [run(given), run(slowedDown(given, k))];
        const scaled = rowsOf(before).map((row) =>
          Object.fromEntries(
            Object.entries(row).map(([name, value]) => [name, name.endsWith('_s') ? value * unit : value]),
          ),
        );
        expect(rowsOf(after)).toEqual(scaled);
        for (const metric of ['ttft_s', 'tpot_s', 'itl_s', 'e2e_s'] as const) {
          for (const statistic of ['mean', 'min', 'max', 'p50', 'p90', 'p99'] as const) {
            const value = before.report[metric][statistic];
            expect(after.report[metric][statistic]).toBe(value === null ? null : value * unit);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('requests that arrive together', () => {
  it('may trade places when their services last equally long: starts and ends stay', () => {
    const rows = fc.array(
      fc.record({
        gap: fc.constantFrom(0, 0, 1),
        total: fc.constantFrom(4, 9),
        prompt: fc.integer({ min: 1, max: 3 }),
      }),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(
        rows,
        fc.infiniteStream(fc.integer({ min: 1, max: 3 })),
        fc.integer({ min: 1, max: 3 }),
        (given, other, num_gpus) => {
          let at = 0;
          const arrival_s = given.map(({ gap }) => (at += gap));
          const timesWith = (prompts: readonly number[]) =>
            rowsOf(
              run({
                cluster: {
                  mode: 'mono',
                  num_gpus,
                  prefill_gpus: 1,
                  decode_gpus: 1,
                  prefill_tokens_per_s: 1,
                  decode_tokens_per_s: 1,
                },
                workload: {
                  kind: 'replay',
                  arrival_s,
                  prompt_tokens: prompts,
                  // The service lasts prompt + output seconds, however they are divided.
                  output_tokens: given.map(({ total }, id) => total - (prompts[id] ?? 0)),
                },
              }),
            ).map((row) => [row.prefill_start_s, row.completed_s]);
          const first = timesWith(given.map(({ prompt }) => prompt));
          const second = timesWith(given.map(() => other.next().value ?? 1));
          expect(second).toEqual(first);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('may be listed in any order: the times of a batch of equals are the same multiset', () => {
    // At one instant a batch arrives whose members differ only in how long their answers are; one GPU each.
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 2 }), (outputs) => {
        const times = (order: readonly number[]): string[] =>
          rowsOf(
            run({
              cluster: {
                mode: 'mono',
                num_gpus: 8,
                prefill_gpus: 1,
                decode_gpus: 1,
                prefill_tokens_per_s: 100,
                decode_tokens_per_s: 10,
              },
              workload: {
                kind: 'replay',
                arrival_s: order.map(() => 3),
                prompt_tokens: order.map(() => 50),
                output_tokens: order,
              },
            }),
          )
            .map(({ id: _, ...row }) => JSON.stringify(row))
            .sort();
        expect(times(outputs)).toEqual(times([...outputs].sort((a, b) => a - b)));
      }),
      { numRuns: 50 },
    );
  });
});
