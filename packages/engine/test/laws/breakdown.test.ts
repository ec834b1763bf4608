/** Where TTFT goes: the parts sum to it, for the mean and for the tail. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HISTOGRAM_RELATIVE_ERROR, type TtftParts, transferSeconds } from '../../src/index.ts';
import { expectClose, mean, sum } from '../support/numbers.ts';
import { anyScenario, runScenario, type Scenario } from '../support/plans.ts';
import { type Row, rowsOf } from '../support/rows.ts';

function partsOf(row: Row, { link }: Scenario['cluster']): TtftParts {
  const transfer_s = link === undefined ? 0 : transferSeconds(link, row.prompt_tokens);
  return {
    prefill_queue_s: row.prefill_start_s - row.arrival_s,
    prefill_s: row.prefill_end_s - row.prefill_start_s,
    transfer_wait_s: 0,
    transfer_s,
    decode_queue_s: row.decode_start_s - row.prefill_end_s - transfer_s,
    first_decode_step_s: row.first_token_s - row.decode_start_s,
  };
}

const PARTS = [
  'prefill_queue_s',
  'prefill_s',
  'transfer_wait_s',
  'transfer_s',
  'decode_queue_s',
  'first_decode_step_s',
] as const;

const total = (parts: TtftParts): number => sum(PARTS.map((part) => parts[part]));

describe('the breakdown of TTFT', () => {
  it('sums to the mean TTFT, and to the mean of the tail', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const result = runScenario(scenario);
        const { breakdown, ttft_s } = result.report;
        const ttfts = [...(result.ttft_s ?? [])];
        if (breakdown === null) {
          expect(ttfts).toEqual([]);
          return;
        }
        expectClose(total(breakdown.mean), ttft_s.mean ?? Number.NaN, 'mean');
        const { tail } = breakdown;
        const inTail = ttfts.filter((ttft) => ttft >= tail.from_ttft_s);
        expect(tail.count).toBe(inTail.length);
        expect(tail.count).toBeGreaterThan(0);
        expectClose(total(tail), mean(inTail), 'tail');
        const p99 = ttft_s.p99 ?? Number.NaN;
        expect(tail.from_ttft_s).toBeLessThanOrEqual(p99);
        expect(tail.from_ttft_s).toBeGreaterThanOrEqual(p99 * (1 - 2 * HISTOGRAM_RELATIVE_ERROR));
      }),
      { numRuns: 300 },
    );
  });

  it('gives each part as the log does', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const result = runScenario(scenario);
        const { breakdown } = result.report;
        const rows = rowsOf(result).filter(({ first_token_s }) => first_token_s >= scenario.warmup_seconds);
        const tail = rows.filter(
          (row) => row.first_token_s - row.arrival_s >= (breakdown?.tail.from_ttft_s ?? 0),
        );
        const cluster =
          scenario.cluster.mode === 'mono'
            ? (({ link: _, ...bare }) => bare)(scenario.cluster)
            : scenario.cluster;
        for (const part of PARTS) {
          if (breakdown === null) continue;
          expectClose(
            breakdown.mean[part],
            mean(rows.map((row) => partsOf(row, cluster)[part])),
            `mean ${part}`,
          );
          expectClose(
            breakdown.tail[part],
            mean(tail.map((row) => partsOf(row, cluster)[part])),
            `tail ${part}`,
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  it('has no transfer and no decode queue in the monolithic architecture', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const { breakdown } = runScenario({
          ...scenario,
          cluster: { ...scenario.cluster, mode: 'mono' },
        }).report;
        expect(breakdown?.mean.transfer_s ?? 0).toBe(0);
        expect(breakdown?.mean.decode_queue_s ?? 0).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
});
