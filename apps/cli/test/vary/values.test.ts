/** Specifications of values: what they stand for, and what is refused with a way out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/exit-codes.ts';
import { parseValues } from '../../src/vary/values.ts';

const parse = (spec: string) => parseValues(spec, '--vary k=…');

describe('values', () => {
  it.each([
    ['4', [4]],
    ['1,2,4', [1, 2, 4]],
    ['mono,disagg', ['mono', 'disagg']],
    ['true,false', [true, false]],
    ['1e3, -2', [1000, -2]],
    ['0.1..0.5:0.1', [0.1, 0.2, 0.3, 0.4, 0.5]],
    ['1..4:2', [1, 3]],
    ['2..2:1', [2]],
    ['-1..1:1', [-1, 0, 1]],
    ['log(1..100,3)', [1, 10, 100]],
    ['log(0.5..8,5)', [0.5, 1, 2, 4, 8]],
    ['lin(1..9,5)', [1, 3, 5, 7, 9]],
    ['0.25,1..3:1,log(4..16,3)', [0.25, 1, 2, 3, 4, 8, 16]],
  ])('%s', (spec, values) => {
    expect(parse(spec)).toEqual(values);
  });

  it('a range holds every multiple of the step between its ends, and no other', () => {
    const thousandth = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 500 }), thousandth, thousandth, (from, width, step) => {
        const text = `${from / 1000}..${(from + width) / 1000}:${step / 1000}`;
        const wanted = [];
        for (let value = from; value <= from + width; value += step) wanted.push(value / 1000);
        expect(parse(text)).toEqual(wanted);
      }),
    );
  });

  it('spacing keeps both ends and grows by equal steps or factors', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 2, max: 9 }), (from, count) => {
        const to = from * 7;
        const even = parse(`lin(${from}..${to},${count})`).map(Number);
        const growing = parse(`log(${from}..${to},${count})`).map(Number);
        for (const values of [even, growing]) {
          expect(values).toHaveLength(count);
          expect([values[0], values.at(-1)]).toEqual([from, to]);
        }
        for (const [index, value] of even.slice(1).entries())
          expect(value - (even[index] ?? 0)).toBeCloseTo((to - from) / (count - 1), 8);
        for (const [index, value] of growing.slice(1).entries())
          expect(value / (growing[index] ?? 1)).toBeCloseTo(7 ** (1 / (count - 1)), 4);
      }),
    );
  });

  it.each([
    ['', 'there are no values'],
    ['1,,2', 'nothing between two commas'],
    ['5..1:1', 'is empty'],
    ['1..5', 'needs a step. Write 1..5:0.4'],
    ['1..5:0', 'needs a step above 0'],
    ['1..5:-1', 'needs a step above 0'],
    ['1..:1', 'needs a number on each side'],
    ['1..2..3:1', 'needs a number on each side'],
    ['0..1:1e-9', 'more than 10,000 values'],
    ['log(0..8,4)', 'must start above 0'],
    ['log(1..8)', 'whole number of at least 2'],
    ['lin(1..8,1)', 'whole number of at least 2'],
    ['lin(3..3,4)', 'has one value only'],
    ['sqrt(1..8,4)', 'needs a number on each side'],
    ['f(x)', 'is not understood'],
    ['1,2,1', '1 comes twice'],
    ['1..3:1,2', '2 comes twice'],
  ])('refuses "%s"', (spec, message) => {
    expect(() => parse(spec)).toThrow(UserError);
    expect(() => parse(spec)).toThrow(message);
    expect(() => parse(spec)).toThrow(/^--vary k=…: .*\.$/);
  });
});
