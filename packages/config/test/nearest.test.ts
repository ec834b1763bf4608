import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from '../src/index.ts';
import { editDistance } from '../src/nearest.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '_'), maxLength: 8 });

describe('edit distance', () => {
  it('is 0 exactly for equal words, and symmetric', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, b)).toBe(editDistance(b, a));
      }),
    );
  });

  it('lies between the difference and the maximum of the lengths', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });

  it('counts a swap of neighbours as one edit', () => {
    expect(editDistance('num_gpsu', 'num_gpus')).toBe(1);
    expect(editDistance('ca', 'abc')).toBe(3);
  });
});

describe('nearest', () => {
  const keys = ['mode', 'sim_seconds', 'warmup_seconds', 'random_seed', 'arrival'];

  it('finds a typo, a part and another case', () => {
    expect(nearest('arival', keys)).toEqual(['arrival']);
    expect(nearest('seed', keys)).toEqual(['random_seed']);
    expect(nearest('Mode', keys)).toEqual(['mode']);
    expect(nearest('seconds', keys)).toEqual(['sim_seconds', 'warmup_seconds']);
  });

  it('suggests nothing far away', () => {
    expect(nearest('bananas', keys)).toEqual([]);
    expect(nearest('x'.repeat(10_000), keys)).toEqual([]);
  });
});
