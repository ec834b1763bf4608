/**
 * Transfers between replicas that jump over steps, against a plain step loop: reservations, layer-by-layer transfers
 * and the first token at prefill give the same instants of every request to 1e-9, and the same preemptions.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../src/index.ts';
import { type Given, givenWith, run } from './clusters.ts';
import { plainTransfers } from './plain-transfers.ts';

function expectSame(given: Given): void {
  const { log } = run(given);
  for (const visit of plainTransfers(given)) {
    const { id, output, token_s } = visit;
    const done = token_s.length === output;
    expect(OUTCOMES[log.outcome[id] ?? 0], `outcome of ${id}`).toBe(done ? 'completed' : 'rejected');
    if (!done) continue;
    expect(log.preemptions[id], `preemptions of ${id}`).toBe(visit.preemptions);
    const instants = {
      prefill_end_s: [log.prefill_end_s[id], visit.prefill_end_s],
      transfer_start_s: [log.transfer_start_s[id], visit.transfer_start_s],
      decode_queued_s: [log.decode_queued_s[id], visit.decode_queued_s],
      decode_start_s: [log.decode_start_s[id], visit.decode_start_s],
      first_token_s: [log.first_token_s[id], token_s[0]],
      completed_s: [log.completed_s[id], token_s.at(-1)],
    };
    for (const [name, [actual = Number.NaN, expected = Number.NaN]] of Object.entries(instants)) {
      const same = Number.isNaN(expected)
        ? Number.isNaN(actual)
        : Math.abs(actual - expected) <= 1e-9 * Math.max(1, expected);
      expect(same, `${name} of ${id}: ${actual} against ${expected}`).toBe(true);
    }
  }
}

describe('transfers between replicas give the times of a plain step loop', () => {
  for (const blocks of ['enough', 'tight'] as const) {
    it(`as they are, blocks ${blocks}`, () =>
      fc.assert(fc.property(givenWith(blocks), expectSame), { numRuns: 300 }));

    it(`with reservations, blocks ${blocks}`, () =>
      fc.assert(fc.property(givenWith(blocks, { reserve: true }), expectSame), { numRuns: 600 }));

    it(`layer by layer, blocks ${blocks}`, () =>
      fc.assert(fc.property(givenWith(blocks, { overlap: 'layerwise', layers: 5 }), expectSame), {
        numRuns: 300,
      }));
  }
});
