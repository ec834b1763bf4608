import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignmentsBetween } from '../src/index.ts';
import { tokenRateScenario } from './arbitrary.ts';
import { configOf } from './loading.ts';

describe('assignmentsBetween', () => {
  it('makes the one of the other', () => {
    fc.assert(
      fc.property(tokenRateScenario, tokenRateScenario, (from, to) => {
        const [before, after] = [JSON.stringify(from), JSON.stringify(to)];
        expect(configOf(before, assignmentsBetween(configOf(before), configOf(after)))).toEqual(
          configOf(after),
        );
      }),
    );
  });

  it('is nothing for the same, and one assignment for one value', () => {
    const config = configOf('mode: mono');
    expect(assignmentsBetween(config, configOf('mode: mono'))).toEqual([]);
    expect(assignmentsBetween(config, configOf('mode: mono\nrandom_seed: 7'))).toEqual(['random_seed=7']);
    expect(assignmentsBetween(configOf('slo: {ttft_s: 1}'), config)).toEqual(['slo=']);
  });

  it('quotes what YAML would read otherwise', () => {
    const config = configOf('trace: {path: "12"}');
    expect(assignmentsBetween(configOf('trace: {path: a.csv}'), config)).toEqual(['trace.path="12"']);
  });
});
