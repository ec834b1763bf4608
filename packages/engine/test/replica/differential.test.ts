/**
 * The replicas, which jump over steps in closed form, against the plain step loop: the same outcome and preemptions
 * of every request, the same number of engine steps, every instant and the gaps between tokens to 1e-9.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectClose, mean } from '../support/numbers.ts';
import { batchingOf, engineRun } from './engine-run.ts';
import { plainStepLoop } from './plain-step-loop.ts';
import { expectSameRows } from './scenario.ts';
import { disaggScenario, monoScenario, type Scenario } from './scenarios.ts';

function expectSame({ cluster, workload }: Scenario): void {
  const { rows, pools, gaps } = plainStepLoop(cluster, workload);
  const run = engineRun(cluster, workload);
  expectSameRows(run.rows, rows);
  expect(run.steps).toEqual(pools.map(({ step_ends_s }) => step_ends_s.length));
  expect(batchingOf(run.result).map(({ preemptions }) => preemptions)).toEqual(
    pools.map(({ preemptions_s }) => preemptions_s.length),
  );
  const { itl_s } = run.result.report;
  expect(itl_s.count).toBe(gaps.length);
  if (gaps.length === 0) return;
  const gaps_s = gaps.map(({ gap_s }) => gap_s);
  expectClose(itl_s.mean, mean(gaps_s), 'mean gap');
  expectClose(itl_s.min, Math.min(...gaps_s), 'least gap');
  expectClose(itl_s.max, Math.max(...gaps_s), 'greatest gap');
}

describe('replicas that jump give the times of a plain step loop', () => {
  it('mono, small', { timeout: 120_000 }, () =>
    fc.assert(fc.property(monoScenario(20), expectSame), { numRuns: 700 }),
  );

  it('disagg, small', { timeout: 120_000 }, () =>
    fc.assert(fc.property(disaggScenario(20), expectSame), { numRuns: 700 }),
  );

  it('disagg, the first token from prefill', () =>
    fc.assert(
      fc.property(disaggScenario(20), ({ cluster, workload }) =>
        expectSame({ cluster: { ...cluster, first_token: 'prefill' }, workload }),
      ),
      { numRuns: 300 },
    ));

  it('mono, larger', { timeout: 120_000 }, () =>
    fc.assert(fc.property(monoScenario(200), expectSame), { numRuns: 40 }),
  );

  it('disagg, larger', { timeout: 120_000 }, () =>
    fc.assert(fc.property(disaggScenario(200), expectSame), { numRuns: 40 }),
  );
});
