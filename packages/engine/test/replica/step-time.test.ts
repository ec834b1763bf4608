/** Series of steps in closed form against steps added one by one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seriesSeconds, stepsToReach } from '../../src/replica/step-time.ts';
import { expectClose } from '../support/numbers.ts';

const first = fc.double({ min: 1e-4, max: 1, noNaN: true });
const increase = fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e-3, noNaN: true }));
const count = fc.integer({ min: 1, max: 5000 });

describe('a series of steps', () => {
  it('takes the sum of its steps', () =>
    fc.assert(
      fc.property(first, increase, count, (first_s, increase_s, steps) => {
        let seconds = 0;
        for (let k = 0; k < steps; k++) seconds += first_s + k * increase_s;
        expectClose(seriesSeconds(first_s, increase_s, steps), seconds, 'seconds', 1e-11);
      }),
      { numRuns: 200 },
    ));

  it('reaches the end of its k-th step in k steps, and what comes just after in one more', () =>
    fc.assert(
      fc.property(first, increase, count, count, (first_s, increase_s, k, more) => {
        const end_s = seriesSeconds(first_s, increase_s, k);
        expect(stepsToReach(first_s, increase_s, end_s, k + more)).toBe(k);
        expect(stepsToReach(first_s, increase_s, end_s + 0.5 * first_s, k + more)).toBe(k + 1);
        expect(stepsToReach(first_s, increase_s, end_s - 0.5 * first_s, k + more)).toBe(k);
      }),
      { numRuns: 2000 },
    ));

  it('is the fewest steps that take so long, to the last bit of the time', () =>
    fc.assert(
      fc.property(first, increase, count, fc.constantFrom(-1, 0, 1), (first_s, increase_s, k, bits) => {
        const seconds = seriesSeconds(first_s, increase_s, k) * (1 + bits * Number.EPSILON);
        const steps = stepsToReach(first_s, increase_s, seconds, 1e6);
        expect(seriesSeconds(first_s, increase_s, steps)).toBeGreaterThanOrEqual(seconds);
        if (steps > 1) expect(seriesSeconds(first_s, increase_s, steps - 1)).toBeLessThan(seconds);
      }),
      { numRuns: 2000 },
    ));

  it('is at least one step and at most as many as asked for', () => {
    expect(stepsToReach(1, 0, 0, 10)).toBe(1);
    expect(stepsToReach(1, 0, -5, 10)).toBe(1);
    expect(stepsToReach(1, 0, 1e9, 10)).toBe(10);
  });
});
