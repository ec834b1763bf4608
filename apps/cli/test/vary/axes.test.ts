/** Axes and grids: every combination once, linked keys step by step, mistakes named. */
import { describe, expect, it } from 'vitest';
import { parseAxes } from '../../src/vary/axes.ts';
import { gridPoints, gridSize, stepLabel } from '../../src/vary/grid.ts';

const sets = (vary: readonly string[], link?: readonly string[]) =>
  gridPoints(parseAxes(vary, link)).map(({ assignments }) => assignments.map(({ set }) => set));

describe('a grid', () => {
  it('has every combination, the last axis fastest, values as YAML', () => {
    expect(sets(['mode=mono,disagg', 'arrival.rate_per_s=1,2'])).toEqual([
      ['mode="mono"', 'arrival.rate_per_s=1'],
      ['mode="mono"', 'arrival.rate_per_s=2'],
      ['mode="disagg"', 'arrival.rate_per_s=1'],
      ['mode="disagg"', 'arrival.rate_per_s=2'],
    ]);
    expect(gridSize(parseAxes(['a=1..5:1', 'b=1,2', 'c=x']))).toBe(10);
    expect(sets([])).toEqual([[]]);
  });

  it('moves linked keys together, where the first of them stands', () => {
    expect(sets(['a=1,2', 'c=x', 'b=3,4'], ['a,b'])).toEqual([
      ['a=1', 'b=3', 'c="x"'],
      ['a=2', 'b=4', 'c="x"'],
    ]);
    const [axis] = parseAxes(['a=1,2', 'b=3,4'], ['b, a']);
    expect(axis && stepLabel(axis, 1)).toBe('2 / 4');
  });

  it('remembers what the user typed', () => {
    const [point] = gridPoints(parseAxes(['mode=mono,disagg']));
    expect(point?.assignments).toEqual([{ set: 'mode="mono"', flag: '--vary mode=mono,disagg' }]);
  });

  it.each([
    [['mode'], [], '--vary mode: a key and "=" are needed'],
    [['=1'], [], 'a key and "=" are needed'],
    [['a..b=1'], [], 'a key and "=" are needed'],
    [['a=1', 'a=2'], [], 'a is varied twice'],
    [['a.b=1', 'a=2'], [], 'a and a.b set the same key'],
    [['a=1,2', 'b=1'], ['a,b'], 'a has 2, b has 1'],
    [['a=1,2'], ['a,b'], 'b is not varied. Keys with --vary: a.'],
    [['a=1,2', 'b=1,2'], ['a'], 'two keys or more'],
    [['a=1', 'b=1', 'c=1'], ['a,b', 'b,c'], 'b is linked twice'],
  ])('refuses %j with links %j', (vary, link, message) => {
    expect(() => parseAxes(vary, link)).toThrow(message);
  });
});
