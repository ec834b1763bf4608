/**
 * Transfers between replicas that jump over steps, against a plain step loop: reservations, layer-by-layer transfers
 * and the first token at prefill give the same instants of every request to 1e-9, the same preemptions and the same
 * bytes; with steps fixed as they begin and ahead, in jumps and one by one.
 */
import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { KvLink } from '../../src/index.ts';
import { disaggReuse } from '../replica/reuse-scenarios.ts';
import { expectSame, expectSameReuse, expectSameStepping } from '../replica/same-runs.ts';
import { disaggScenario, limited, linkedBy, type Scenario, scheduledAhead } from '../replica/scenarios.ts';
import { type Given, givenWith } from './clusters.ts';

/** A small cluster, whose blocks are enough or few, as the plain loop knows it. */
function small(blocks: 'enough' | 'tight', kind: Partial<KvLink>): fc.Arbitrary<Scenario> {
  const scenario = givenWith(blocks, kind).map(({ cluster, requests }: Given): Scenario => {
    let arrival_s = 0;
    const { prefill_replicas: replicas, prefill_replica: replica } = cluster;
    return {
      cluster: { mode: 'disagg', replicas, replica, ...cluster },
      workload: requests.map(([gap_s, prompt_tokens, output_tokens]) => {
        arrival_s += gap_s;
        return { arrival_s, prompt_tokens, output_tokens };
      }),
    };
  });
  return kind.sharing === 'fair' ? limited(scenario) : scenario;
}

const either = (scenario: fc.Arbitrary<Scenario>): fc.Arbitrary<Scenario> =>
  fc
    .record({ scenario, first_token: fc.constantFrom('decode' as const, 'prefill' as const) })
    .map(({ scenario: { cluster, workload }, first_token }) => ({
      workload,
      cluster: { ...cluster, first_token },
    }));

const KINDS: ReadonlyArray<readonly [string, Partial<KvLink>]> = [
  ['as they are', {}],
  ['with reservations', { reserve: true }],
  ['layer by layer', { overlap: 'layerwise', layers: 5 }],
  ['layer by layer with reservations', { overlap: 'layerwise', layers: 5, reserve: true }],
  ['that share', { sharing: 'fair' }],
  ['that share with reservations', { sharing: 'fair', reserve: true }],
  ['that share layer by layer', { sharing: 'fair', overlap: 'layerwise', layers: 5 }],
  [
    'that share layer by layer with reservations',
    { sharing: 'fair', overlap: 'layerwise', layers: 5, reserve: true },
  ],
];

for (const [name, kind] of KINDS) {
  // The oracle's network takes its time.
  const runs = (most: number) => ({ numRuns: kind.sharing === 'fair' ? most / 2 : most });
  describe(`transfers ${name} give the times of a plain step loop`, () => {
    const prompts = either(linkedBy(disaggScenario(20), kind));
    const reused = either(linkedBy(disaggReuse(20), kind));
    const tight = small('tight', kind);

    it('small, blocks enough', () => fc.assert(fc.property(small('enough', kind), expectSame), runs(200)));

    it('small, blocks tight', () => fc.assert(fc.property(tight, expectSame), runs(300)));

    it('that preempt', () => fc.assert(fc.property(prompts, expectSame), runs(200)));

    it('that keep prefixes and swap', () => fc.assert(fc.property(reused, expectSameReuse), runs(200)));

    it('scheduled ahead', () =>
      fc.assert(fc.property(scheduledAhead(fc.oneof(prompts, tight)), expectSame), runs(400)));

    it('scheduled ahead, that keep prefixes and swap', () =>
      fc.assert(fc.property(scheduledAhead(reused), expectSameReuse), runs(300)));

    it('step by step', () => {
      const any = fc.oneof(prompts, reused, tight);
      fc.assert(fc.property(fc.oneof(any, scheduledAhead(any)), expectSameStepping), runs(150));
    });
  });
}
