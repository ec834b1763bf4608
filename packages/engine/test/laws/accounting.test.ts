/** Every request is accounted for, in every kind of run. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyScenario, drainedScenario, runScenario } from '../support/plans.ts';
import { rowsOf } from '../support/rows.ts';
import { runWatched } from '../support/watch.ts';

describe('conservation of requests', () => {
  it('arrivals = completed + rejected + in flight = rows of the log, by outcome', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const result = runScenario(scenario);
        const rows = rowsOf(result);
        const { arrivals, completed, rejected, in_flight } = result.report.outcomes;
        expect(completed + rejected + in_flight).toBe(arrivals);
        expect(rows.length).toBe(arrivals);
        for (const [outcome, count] of Object.entries({ completed, rejected, in_flight }))
          expect(rows.filter((row) => row.outcome === outcome).length, outcome).toBe(count);
      }),
      { numRuns: 300 },
    );
  });

  it('the log repeats the workload, row by row, up to the end of the run', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const { arrival_s, prompt_tokens, output_tokens } = scenario.workload;
        const rows = rowsOf(runScenario(scenario));
        for (const row of rows) {
          expect(row.arrival_s).toBe(arrival_s[row.id]);
          expect(row.prompt_tokens).toBe(prompt_tokens[row.id]);
          expect(row.output_tokens).toBe(output_tokens[row.id]);
        }
        const next = arrival_s[rows.length];
        if (scenario.cancel_after === undefined && next !== undefined)
          expect(next).toBeGreaterThanOrEqual(scenario.sim_seconds ?? Number.POSITIVE_INFINITY);
      }),
      { numRuns: 200 },
    );
  });

  it('a drained run completes every request, and ends with the last completion', () => {
    fc.assert(
      fc.property(drainedScenario, (scenario) => {
        const result = runScenario(scenario);
        const rows = rowsOf(result);
        expect(result.report.finished).toBe(true);
        expect(rows.every(({ outcome }) => outcome === 'completed')).toBe(true);
        expect(result.report.end_s).toBe(Math.max(...rows.map(({ completed_s }) => completed_s)));
      }),
      { numRuns: 200 },
    );
  });

  it('every request passes each milestone once, as the log says', () => {
    fc.assert(
      fc.property(drainedScenario, (scenario) => {
        const { result, seen } = runWatched(scenario);
        const expected = rowsOf(result).flatMap((row) => [
          `arrivals ${row.id} ${row.arrival_s}`,
          ...(scenario.cluster.mode === 'disagg' ? [`serviceStarts ${row.id} ${row.decode_start_s}`] : []),
          `serviceStarts ${row.id} ${row.prefill_start_s}`,
          `prefillEnds ${row.id} ${row.prefill_end_s}`,
          `firstTokens ${row.id} ${row.first_token_s}`,
          `completions ${row.id} ${row.completed_s}`,
        ]);
        const published = seen.happenings.map(({ what, id, time_s }) => `${what} ${id} ${time_s}`);
        expect(published.sort()).toEqual(expected.sort());
      }),
      { numRuns: 200 },
    );
  });
});
