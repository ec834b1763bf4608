/** The best nonnegative solution, by what makes it the best, and against steps downhill. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NormalEquations, nonnegative, support } from '../../src/calibration/nonnegative-least-squares.ts';

const entry = fc.double({ min: -3, max: 3, noNaN: true });
const problems = fc
  .integer({ min: 1, max: 5 })
  .chain((size) =>
    fc.array(fc.tuple(fc.array(entry, { minLength: size, maxLength: size }), entry), {
      minLength: size + 1,
      maxLength: 12,
    }),
  )
  // Columns whose squares underflow are columns of nothing.
  .map((rows) => rows.map(([row, y]) => [row.map((x) => Math.round(x * 1e6) / 1e6), y] as const));

function equationsOf(rows: ReadonlyArray<readonly [row: readonly number[], value: number]>): NormalEquations {
  const equations = new NormalEquations(rows[0]?.[0].length ?? 0);
  for (const [row, value] of rows) equations.add(row, value);
  return equations;
}

/** Half the descent of the sum of squares in each direction. */
function descent({ size, gram, moment }: NormalEquations, x: ArrayLike<number>): number[] {
  return Array.from({ length: size }, (_, i) => {
    let fitted = 0;
    for (let j = 0; j < size; j++) fitted += (gram[i * size + j] ?? 0) * (x[j] ?? 0);
    return (moment[i] ?? 0) - fitted;
  });
}

function cost(rows: ReadonlyArray<readonly [readonly number[], number]>, x: ArrayLike<number>): number {
  return rows.reduce(
    (sum, [row, y]) => sum + (row.reduce((fit, value, i) => fit + value * (x[i] ?? 0), 0) - y) ** 2,
    0,
  );
}

describe('nonnegative least squares', () => {
  test('no way down is left, and none of it is below 0', () => {
    fc.assert(
      fc.property(problems, (rows) => {
        const equations = equationsOf(rows);
        const x = nonnegative(equations);
        descent(equations, x).forEach((down, i) => {
          expect(x[i]).toBeGreaterThanOrEqual(0);
          expect(down).toBeLessThan(1e-4);
          if ((x[i] ?? 0) > 0) expect(Math.abs(down)).toBeLessThan(1e-4);
        });
      }),
    );
  });

  test('is as good as many small steps downhill', () => {
    fc.assert(
      fc.property(problems, (rows) => {
        const equations = equationsOf(rows);
        const slope = equations.gram.reduce((sum, value) => sum + Math.abs(value), 1);
        let x = Array.from({ length: equations.size }, () => 0);
        for (let step = 0; step < 2000; step++) {
          const down = descent(equations, x);
          x = x.map((value, i) => Math.max(0, value + (down[i] ?? 0) / slope));
        }
        expect(cost(rows, nonnegative(equations))).toBeLessThanOrEqual(cost(rows, x) + 1e-6);
      }),
      { numRuns: 50 },
    );
  });

  test('a guess never changes the solution', () => {
    fc.assert(
      fc.property(problems, fc.nat(31), (rows, guess) => {
        const equations = equationsOf(rows);
        const guessed = nonnegative(equations, guess & ((1 << equations.size) - 1));
        expect(cost(rows, guessed)).toBeCloseTo(cost(rows, nonnegative(equations)), 5);
      }),
    );
  });

  test('a column that is twice another gets nothing beside it', () => {
    const x = nonnegative(equationsOf([[[1, 2], 2], [[2, 4], 4], [[3, 6], 6]])); // biome-ignore format: rows
    expect(x.filter((value) => value > 0)).toHaveLength(1);
    expect((x[0] ?? 0) + 2 * (x[1] ?? 0)).toBeCloseTo(2, 12);
  });

  test('a row that is taken out was never there', () => {
    const rows: Array<readonly [number[], number]> = [
      [[1, 0], 2],
      [[0, 1], 3],
      [[1, 1], 9],
    ];
    const equations = equationsOf(rows);
    equations.add([1, 1], 9, -1);
    expect([...nonnegative(equations)]).toEqual([2, 3]);
    expect(support(nonnegative(equations))).toBe(0b11);
  });
});
