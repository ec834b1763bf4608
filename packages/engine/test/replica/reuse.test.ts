/**
 * Replicas that keep prefixes and swap, against the plain step loop: the same instants, steps, preemptions, hits and
 * copies.
 */
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { disaggReuse, monoReuse } from './reuse-scenarios.ts';
import { expectSameReuse } from './same-runs.ts';

describe('replicas that reuse KV give the times of a plain step loop', () => {
  it('mono, small', () => fc.assert(fc.property(monoReuse(20), expectSameReuse), { numRuns: 400 }));

  it('disagg, small', () => fc.assert(fc.property(disaggReuse(20), expectSameReuse), { numRuns: 250 }));

  it('mono, larger', () => fc.assert(fc.property(monoReuse(120), expectSameReuse), { numRuns: 40 }));

  it('disagg, larger', () => fc.assert(fc.property(disaggReuse(120), expectSameReuse), { numRuns: 20 }));
});
