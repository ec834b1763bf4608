/** The sequential decision: how often it errs, how little it needs, and that its bounds say what it decides. */
import { ln, uniformStream } from '@llmsim/engine';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Decision, decide, looksUpTo } from '../../src/planning/decide.ts';

const rule = { target: 0.99, error: 0.05, looks: looksUpTo(20) };
const TRIALS = 1000;

/** Shares whose misses have mean 1: nearly even, skewed, and as skewed as exponential ones. */
const MISSES: Readonly<Record<string, (uniform: () => number) => number>> = {
  uniform: (uniform) => 0.5 + uniform(),
  gamma: (uniform) => -(ln(1 - uniform()) + ln(1 - uniform()) + ln(1 - uniform())) / 3,
  exponential: (uniform) => -ln(1 - uniform()),
};

/** Decides as a plan does: look after look, until it is decided. */
function decided(draw: () => number): Decision {
  const values: number[] = [];
  for (const look of rule.looks) {
    while (values.length < look) values.push(draw());
    const decision = decide(values, rule);
    if (decision.state !== 'open') return decision;
  }
  return decide(values, rule);
}

function statesOf(law: string, mean: number): Record<Decision['state'], number> & { values: number } {
  const uniform = uniformStream(7, law);
  const counts = { passes: 0, fails: 0, open: 0, values: 0 };
  for (let trial = 0; trial < TRIALS; trial++) {
    const { state, n } = decided(() => Math.max(0, 1 - (1 - mean) * (MISSES[law]?.(uniform) ?? 0)));
    counts[state] += 1 / TRIALS;
    counts.values += n / TRIALS;
  }
  return counts;
}

describe('the decision', () => {
  test.each(Object.keys(MISSES))('errs at most as often as it says, on the target itself: %s', (law) => {
    const { passes, fails } = statesOf(law, rule.target);
    // Three standard deviations of a count of 1,000 trials above the bound.
    const bound = rule.error + 3 * Math.sqrt((rule.error * (1 - rule.error)) / TRIALS);
    expect(passes).toBeLessThanOrEqual(bound);
    expect(fails).toBeLessThanOrEqual(bound);
  });

  test.each(Object.keys(MISSES))('is made, rightly and early, away from the target: %s', (law) => {
    const well = statesOf(law, 0.9995);
    expect(well.passes).toBeGreaterThan(0.95);
    expect(well.fails).toBe(0);
    expect(well.values).toBeLessThan(7);
    const badly = statesOf(law, 0.8);
    expect(badly.fails).toBeGreaterThan(0.95);
    expect(badly.passes).toBe(0);
    expect(badly.values).toBeLessThan(7);
  });

  it('takes runs that are all alike at their word and claims no error', () => {
    expect(decide([1, 1, 1], rule)).toMatchObject({ state: 'passes', error: null });
    expect(decide([0.98, 0.98, 0.98], rule)).toMatchObject({ state: 'fails', error: null });
  });

  it('is open exactly while the target lies within the bounds', () => {
    const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(shares, fc.double({ min: 0.01, max: 0.999, noNaN: true }), (values, target) => {
        const { state, low, high, mean, error } = decide(values, { ...rule, target });
        expect(low).toBeLessThanOrEqual(mean + 1e-12);
        expect(high).toBeGreaterThanOrEqual(mean - 1e-12);
        if (error !== null && error > 0.049 && error < 0.051) return;
        if (state === 'open') {
          expect(low).toBeLessThanOrEqual(target);
          expect(high).toBeGreaterThanOrEqual(target);
        } else expect(state === 'passes' ? low >= target : high < target || low === high).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    [[0.99, 0.99, 0.99], 0.99, 'passes'],
    [[0.98, 0.98], 0.99, 'fails'],
    [[1, 1, 1], 1, 'passes'],
    [[1, 1, 0.9999], 1, 'fails'],
    [[1, 1, 0.9], 0.99, 'open'],
  ])('of %j against %d: %s', (values, target, state) => {
    expect(decide(values, { ...rule, target }).state).toBe(state);
  });

  test.each([[[0.5]], [[0.5, 1.5]], [[0.5, Number.NaN]]])('refuses %j', (values) => {
    expect(() => decide(values, rule)).toThrow(RangeError);
  });

  it('looks more and more rarely', () => {
    expect(looksUpTo(20)).toEqual([3, 5, 8, 13, 20]);
    expect(looksUpTo(3)).toEqual([3]);
    expect(looksUpTo(10)).toEqual([3, 5, 8, 10]);
  });
});
