/** Nothing happens before its cause, and nothing at or after the end of the run. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyScenario, runScenario } from '../support/plans.ts';
import { rowsOf } from '../support/rows.ts';
import { runWatched } from '../support/watch.ts';

describe('causality', () => {
  it('arrival ≤ prefill start ≤ prefill end ≤ decode start ≤ first token ≤ completion, without a gap in the chain', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        for (const row of rowsOf(runScenario(scenario))) {
          const chain = [
            row.arrival_s,
            row.prefill_start_s,
            row.prefill_end_s,
            row.decode_start_s,
            row.first_token_s,
            row.completed_s,
          ];
          const happened = chain.filter((t) => !Number.isNaN(t));
          expect(chain.slice(0, happened.length), `request ${row.id}`).toEqual(happened);
          expect(happened, `request ${row.id}`).toEqual([...happened].sort((a, b) => a - b));
          expect(happened.length === 6, `request ${row.id}`).toBe(row.outcome === 'completed');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('services last as long as tokens and rates say', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const { prefill_tokens_per_s, decode_tokens_per_s } = scenario.cluster;
        for (const row of rowsOf(runScenario(scenario))) {
          if (row.outcome !== 'completed') continue;
          const close = (actual: number, expected: number): void =>
            expect(Math.abs(actual - expected)).toBeLessThan(1e-12 * (100 + row.completed_s));
          close(row.prefill_end_s - row.prefill_start_s, row.prompt_tokens / prefill_tokens_per_s);
          close(row.first_token_s - row.decode_start_s, 1 / decode_tokens_per_s);
          close(row.completed_s - row.first_token_s, (row.output_tokens - 1) / decode_tokens_per_s);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('no event is published at or after sim_seconds, and none is logged', () => {
    fc.assert(
      fc.property(anyScenario, fc.double({ min: 0.5, max: 30, noNaN: true }), (given, sim_seconds) => {
        const { result, seen } = runWatched({ ...given, sim_seconds, warmup_seconds: 0 });
        for (const { time_s } of [...seen.happenings, ...seen.poolStates])
          expect(time_s).toBeLessThan(sim_seconds);
        for (const row of rowsOf(result)) {
          for (const [name, value] of Object.entries(row)) {
            if (name.endsWith('_s') && !Number.isNaN(value)) expect(value, name).toBeLessThan(sim_seconds);
          }
        }
        if (result.report.finished) expect(result.report.end_s).toBe(sim_seconds);
      }),
      { numRuns: 200 },
    );
  });

  it('an event exactly at sim_seconds has not happened', () => {
    const at = (sim_seconds: number) =>
      runScenario({
        cluster: {
          mode: 'mono',
          num_gpus: 1,
          prefill_gpus: 1,
          decode_gpus: 1,
          prefill_tokens_per_s: 1,
          decode_tokens_per_s: 1,
        },
        workload: { kind: 'replay', arrival_s: [0, 3], prompt_tokens: [2, 1], output_tokens: [1, 1] },
        sim_seconds,
        warmup_seconds: 0,
        slo: {},
      }).report;
    expect(at(3).outcomes).toEqual({ arrivals: 1, completed: 0, rejected: 0, in_flight: 1 });
    expect(at(3).ttft_s.count).toBe(0);
    expect(at(3.001).outcomes).toEqual({ arrivals: 2, completed: 1, rejected: 0, in_flight: 1 });
    expect(at(3.001).ttft_s.count).toBe(1);
  });
});
