/** Where a jump is cut: by the ends of its steps as others see them, rounded to a float64. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StepsUnderWay } from '../../src/replica/steps-under-way.ts';

const seconds = fc.double({ min: 1e-4, max: 1, noNaN: true });
const increase = fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e-3, noNaN: true }));
const few = fc.integer({ min: 1, max: 20 });

/** `count` steps after one of `before_s`, so that their start is not a float64. */
function stepsAfter(start_s: number, before_s: number, first_s: number, increase_s: number, count: number) {
  const steps = new StepsUnderWay();
  steps.wake(start_s);
  steps.begin(before_s, 0, 1);
  steps.finish();
  steps.begin(first_s, increase_s, count);
  return steps;
}

describe('steps under way', () => {
  it('end at the instant at which somebody arrives, when one of them ends then', () =>
    fc.assert(
      fc.property(
        seconds,
        seconds,
        seconds,
        increase,
        few,
        few,
        (start_s, before_s, first_s, more_s, k, more) => {
          // Another replica that took k such steps from the same instant on ends them at this one.
          const { end_s } = stepsAfter(start_s, before_s, first_s, more_s, k);
          const steps = stepsAfter(start_s, before_s, first_s, more_s, k + more);
          expect(steps.before(end_s)).toBe(k - 1);
          expect(steps.by(end_s)).toBe(k);
          expect(steps.cut(end_s)).toBe(more);
          expect(steps.end_s).toBe(end_s);
        },
      ),
      { numRuns: 2000 },
    ));
});
