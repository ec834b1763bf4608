/**
 * The replicas, which jump over steps in closed form, against the plain step loop: the same outcome and preemptions
 * of every request, the same number of engine steps, every instant and the gaps between tokens to 1e-9.
 */
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { expectSame } from './same-runs.ts';
import { disaggScenario, monoScenario } from './scenarios.ts';

describe('replicas that jump give the times of a plain step loop', () => {
  it('mono, small', () => fc.assert(fc.property(monoScenario(20), expectSame), { numRuns: 700 }));

  it('disagg, small', () => fc.assert(fc.property(disaggScenario(20), expectSame), { numRuns: 700 }));

  it('disagg, the first token from prefill', () =>
    fc.assert(
      fc.property(disaggScenario(20), ({ cluster, workload }) =>
        expectSame({ cluster: { ...cluster, first_token: 'prefill' }, workload }),
      ),
      { numRuns: 300 },
    ));

  it('mono, larger', () => fc.assert(fc.property(monoScenario(200), expectSame), { numRuns: 40 }));

  it('disagg, larger', () => fc.assert(fc.property(disaggScenario(200), expectSame), { numRuns: 40 }));
});
