/**
 * The replicas, which jump over steps in closed form, against the plain step loop: the same outcome and preemptions
 * of every request, the same number of engine steps, every instant and the gaps between tokens to 1e-9.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectClose, mean } from '../support/numbers.ts';
import { engineRun } from './engine-run.ts';
import { plainStepLoop } from './plain-step-loop.ts';
import { expectSameRows } from './scenario.ts';
import { disaggScenario, monoScenario, type Scenario } from './scenarios.ts';

function expectSame({ cluster, workload }: Scenario): void {
  const plain = plainStepLoop(cluster, workload);
  const { rows, steps, result } = engineRun(cluster, workload);
  expectSameRows(rows, plain.rows);
  expect(steps).toEqual(plain.steps);
  const { itl_s } = result.report;
  expect(itl_s.count).toBe(plain.gaps_s.length);
  if (plain.gaps_s.length === 0) return;
  expectClose(itl_s.mean, mean(plain.gaps_s), 'mean gap');
  expectClose(itl_s.min, Math.min(...plain.gaps_s), 'least gap');
  expectClose(itl_s.max, Math.max(...plain.gaps_s), 'greatest gap');
}

describe('replicas that jump give the times of a plain step loop', () => {
  it('mono, small', { timeout: 120_000 }, () =>
    fc.assert(fc.property(monoScenario(20), expectSame), { numRuns: 1500 }),
  );

  it('disagg, small', { timeout: 120_000 }, () =>
    fc.assert(fc.property(disaggScenario(20), expectSame), { numRuns: 1500 }),
  );

  it('mono, larger', { timeout: 120_000 }, () =>
    fc.assert(fc.property(monoScenario(200), expectSame), { numRuns: 60 }),
  );

  it('disagg, larger', { timeout: 120_000 }, () =>
    fc.assert(fc.property(disaggScenario(200), expectSame), { numRuns: 60 }),
  );
});
