/** exp and ln: within two units in the last place of the host's, exact at the ends, and the same bits for ever. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, ln } from '../../src/index.ts';
import { bitsOf, ulpsBetween } from '../support/bits.ts';

/** Ours and the host's may each be off by less than one. */
const MOST_ULPS = 2;

const positive = fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true });

describe('ln', () => {
  it('agrees with the host over the whole range, subnormals included', () => {
    fc.assert(
      fc.property(positive, (x) => {
        expect(ulpsBetween(ln(x), Math.log(x))).toBeLessThanOrEqual(MOST_ULPS);
      }),
      { numRuns: 20_000 },
    );
  });

  it('agrees with the host at every power of two and on both sides of it', () => {
    for (let k = -1074; k <= 1023; k++) {
      for (const x of [2 ** k, 2 ** k * (1 + Number.EPSILON), 2 ** k * (1 - Number.EPSILON / 2)]) {
        if (x > 0) expect(ulpsBetween(ln(x), Math.log(x)), `ln(${x})`).toBeLessThanOrEqual(MOST_ULPS);
      }
    }
  });

  it('agrees with the host around 1, where it vanishes, and around √2, where its reduction turns', () => {
    for (const center of [1, Math.SQRT2, Math.SQRT1_2]) {
      for (let i = -2000; i <= 2000; i++) {
        const x = center * (1 + i * 2 ** -40);
        expect(ulpsBetween(ln(x), Math.log(x)), `ln(${x})`).toBeLessThanOrEqual(MOST_ULPS);
      }
    }
  });

  it('has the limits of a logarithm', () => {
    expect(ln(1)).toBe(0);
    expect(ln(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(ln(-0)).toBe(Number.NEGATIVE_INFINITY);
    expect(ln(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(ln(-1)).toBeNaN();
    expect(ln(Number.NaN)).toBeNaN();
  });
});

describe('exp', () => {
  it('agrees with the host where results are normal numbers', () => {
    fc.assert(
      fc.property(fc.double({ min: -708, max: 709.78, noNaN: true }), (x) => {
        expect(ulpsBetween(exp(x), Math.exp(x))).toBeLessThanOrEqual(MOST_ULPS);
      }),
      { numRuns: 20_000 },
    );
  });

  it('agrees with the host where results are subnormal', () => {
    fc.assert(
      fc.property(fc.double({ min: -746, max: -708, noNaN: true }), (x) => {
        expect(Math.abs(exp(x) - Math.exp(x))).toBeLessThanOrEqual(
          Math.max(2 * Number.MIN_VALUE, MOST_ULPS * Number.EPSILON * Math.exp(x)),
        );
      }),
      { numRuns: 5000 },
    );
  });

  it('agrees with the host at multiples of ln 2 and halfway, where its reduction turns', () => {
    for (let k = -2040; k <= 2046; k++) {
      const x = (k / 2) * Math.LN2;
      if (x > -708) expect(ulpsBetween(exp(x), Math.exp(x)), `exp(${x})`).toBeLessThanOrEqual(MOST_ULPS);
    }
  });

  it('agrees with the host for tiny arguments', () => {
    for (let k = -1074; k < 0; k++) {
      for (const x of [2 ** k, -(2 ** k)]) expect(ulpsBetween(exp(x), Math.exp(x))).toBeLessThanOrEqual(1);
    }
  });

  it('overflows, underflows and passes on what is no number', () => {
    expect(exp(0)).toBe(1);
    expect(exp(-0)).toBe(1);
    expect(Number.isFinite(exp(709.782712893384))).toBe(true);
    expect(exp(709.7827128933841)).toBe(Number.POSITIVE_INFINITY);
    expect(exp(-745.1332191019411)).toBe(Number.MIN_VALUE);
    expect(exp(-745.1332191019412)).toBe(0);
    expect(exp(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(exp(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(exp(Number.NaN)).toBeNaN();
  });

  it('undoes ln', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (x) => {
        expect(Math.abs(exp(ln(x)) / x - 1)).toBeLessThan(16 * Number.EPSILON);
      }),
    );
  });
});

/** Argument, bits on every machine, and the correctly rounded result (computed with 60 digits). */
const LN: ReadonlyArray<readonly [x: number, bits: string, rounded: string]> = [
  [0.5, 'bfe62e42fefa39ef', '-0.6931471805599453'],
  [3, '3ff193ea7aad030a', '1.0986122886681098'],
  [10, '40026bb1bbb55516', '2.302585092994046'],
  [0.1, 'c0026bb1bbb55515', '-2.3025850929940455'],
  [1.0000000000000002, '3cafffffffffffff', '2.2204460492503128e-16'],
  [0.9999999999999999, 'bca0000000000000', '-1.1102230246251565e-16'],
  [5e-324, 'c0874385446d71c3', '-744.4400719213812'],
  [2.2250738585072014e-308, 'c086232bdd7abcd2', '-708.3964185322641'],
  [1.7976931348623157e308, '40862e42fefa39ef', '709.782712893384'],
  [1e-300, 'c085963447f87fb5', '-690.7755278982137'],
  [123456.789, '40277281cad8a844', '11.723646487185881'],
];
const EXP: ReadonlyArray<readonly [x: number, bits: string, rounded: string]> = [
  [1, '4005bf0a8b14576a', '2.718281828459045'],
  [-1, '3fd78b56362cef38', '0.36787944117144233'],
  [0.5, '3ffa61298e1e069c', '1.6487212707001282'],
  [1e-10, '3ff000000006df38', '1.0000000001'],
  [10, '40d5829dcf950560', '22026.465794806718'],
  [-10, '3f07cd79b5647c9a', '4.5399929762484854e-5'],
  [0.34657359027997264, '3ff6a09e667f3bcc', '1.414213562373095'],
  [700.5, '7f18625c7d4f56c2', '1.6721859620674984e304'],
  [709.782712893384, '7fefffffffffff2a', '1.7976931348622732e308'],
  [-708.3, '00119e98b83de7a3', '2.450295530965988e-308'],
  [-720.25, '000000077564144f', '1.5827029403e-313'],
  [-745.1, '0000000000000001', '5e-324'],
];

describe('bits that never change', () => {
  for (const [name, f, table] of [
    ['ln', ln, LN],
    ['exp', exp, EXP],
  ] as const) {
    it.each(table)(
      `${name}(%d) is %s, within one unit in the last place of the truth`,
      (x, bits, rounded) => {
        expect(ulpsBetween(f(x), Number(rounded))).toBeLessThanOrEqual(1);
        expect(bitsOf(f(x))).toBe(bits);
      },
    );
  }
});
