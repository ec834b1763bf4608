/** SLO attainment, counted again from the request log. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyScenario, runScenario } from '../support/plans.ts';
import { rowsOf } from '../support/rows.ts';

describe('SLO attainment', () => {
  it('judges the arrivals of the window; rejected and unfinished requests miss', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const result = runScenario(scenario);
        const { slo, window_s } = result.report;
        if (slo === null) throw new Error('the plan has an SLO');
        const [from, to] = window_s;
        const { ttft_s, tpot_s } = scenario.slo;
        const judged = rowsOf(result).filter(({ arrival_s }) => arrival_s >= scenario.warmup_seconds);
        const inTtft = judged.filter(
          (row) => row.first_token_s - row.arrival_s <= (ttft_s ?? Number.POSITIVE_INFINITY),
        );
        const withTpot = judged.filter(({ output_tokens }) => output_tokens > 1);
        const tpotOf = (row: (typeof judged)[number]): number =>
          (row.completed_s - row.first_token_s) / (row.output_tokens - 1);
        const inTpot = withTpot.filter((row) => tpotOf(row) <= (tpot_s ?? Number.POSITIVE_INFINITY));
        const met = inTtft.filter(
          (row) => row.outcome === 'completed' && (row.output_tokens === 1 || inTpot.includes(row)),
        );
        const share = (some: readonly unknown[], all: readonly unknown[]): number | null =>
          all.length === 0 ? null : some.length / all.length;
        expect(slo).toEqual({
          ttft_s: ttft_s ?? null,
          tpot_s: tpot_s ?? null,
          judged: judged.length,
          met: met.length,
          attainment: share(met, judged),
          ttft_attainment: ttft_s === undefined ? null : share(inTtft, judged),
          tpot_attainment: tpot_s === undefined ? null : share(inTpot, withTpot),
          goodput_rps: to > from ? met.length / (to - from) : 0,
        });
      }),
      { numRuns: 500 },
    );
  });
});
