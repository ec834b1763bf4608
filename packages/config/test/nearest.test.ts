import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from '../src/index.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '_'), minLength: 2, maxLength: 8 });

describe('nearest', () => {
  it('knows a word with one letter too many, too few or another one, and names it first', () => {
    fc.assert(
      fc.property(word, fc.nat(8), fc.constantFrom('', 'x'), fc.nat(1), (known, at, put, skipped) => {
        const place = at % known.length;
        const typo = known.slice(0, place) + put + known.slice(place + skipped);
        expect(nearest(typo, ['elsewhere', known])).toEqual([known]);
      }),
    );
  });
  const keys = ['mode', 'sim_seconds', 'warmup_seconds', 'random_seed', 'arrival'];

  it('finds a typo, a part and another case', () => {
    expect(nearest('arival', keys)).toEqual(['arrival']);
    expect(nearest('num_gpsu', ['num_gpus'])).toEqual(['num_gpus']);
    expect(nearest('seed', keys)).toEqual(['random_seed']);
    expect(nearest('Mode', keys)).toEqual(['mode']);
    expect(nearest('seconds', keys)).toEqual(['sim_seconds', 'warmup_seconds']);
  });

  it('suggests nothing far away', () => {
    expect(nearest('bananas', keys)).toEqual([]);
    expect(nearest('x'.repeat(10_000), keys)).toEqual([]);
  });
});
