/** Little's law, L = λW: exact for any run that starts and ends empty. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectClose, mean } from '../support/numbers.ts';
import { drainedScenario } from '../support/plans.ts';
import { rowsOf, visitsOf } from '../support/rows.ts';
import { runWatched } from '../support/watch.ts';

describe("Little's law", () => {
  it('holds for the queue and for the GPUs of every pool', () => {
    fc.assert(
      fc.property(drainedScenario, (scenario) => {
        const { result } = runWatched(scenario);
        const { pools, end_s } = result.report;
        const { mode, link } = scenario.cluster;
        for (const [name, visits] of visitsOf(rowsOf(result), mode, link)) {
          const pool = pools.find((candidate) => candidate.name === name);
          if (pool === undefined) throw new Error(`no pool ${name}`);
          const rate_per_s = visits.length / end_s;
          const waits = mean(visits.map(({ queued_s, start_s }) => start_s - queued_s));
          const services = mean(visits.map(({ start_s, end_s }) => end_s - start_s));
          expectClose(pool.mean_queue_length, rate_per_s * waits, `${name} queue`);
          expectClose(pool.utilization * pool.gpus, rate_per_s * services, `${name} GPUs`);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('holds for the whole system, counted from the events', () => {
    fc.assert(
      fc.property(drainedScenario, (scenario) => {
        const { result, seen } = runWatched(scenario);
        const { end_s, e2e_s, outcomes } = result.report;
        let area = 0;
        let inSystem = 0;
        let last = 0;
        for (const { what, time_s } of seen.happenings) {
          if (what !== 'arrivals' && what !== 'completions') continue;
          area += inSystem * (time_s - last);
          last = time_s;
          inSystem += what === 'arrivals' ? 1 : -1;
        }
        expect(inSystem).toBe(0);
        expectClose(area / end_s, (outcomes.arrivals / end_s) * (e2e_s.mean ?? Number.NaN), 'L');
      }),
      { numRuns: 200 },
    );
  });
});
