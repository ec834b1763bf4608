/** The laws that ship: their moments within four standard errors, their shape by Kolmogorov–Smirnov, their limits. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  constant,
  type Distribution,
  exponential,
  gamma,
  lognormal,
  tokens,
  uniformStream,
  uniformTokens,
} from '../../src/index.ts';
import { incompleteGamma, kolmogorovSmirnov, normalCdf } from '../support/cdf.ts';
import { mean } from '../support/numbers.ts';

const N = 400_000;

function sampleOf(law: Distribution, seed: number, n = N): number[] {
  const next = law(uniformStream(seed, 'law'));
  return Array.from({ length: n }, next);
}

interface Case {
  readonly name: string;
  readonly law: Distribution;
  readonly mean: number;
  readonly variance: number;
  /** Fourth central moment over the squared variance. */
  readonly kurtosis: number;
  readonly cdf: (x: number) => number;
}

const gammaCase = (shape: number, of: number): Case => ({
  name: `gamma of shape ${shape} and mean ${of}`,
  law: gamma({ shape, mean: of }),
  mean: of,
  variance: of ** 2 / shape,
  kurtosis: 3 + 6 / shape,
  cdf: (x) => incompleteGamma(shape, (x * shape) / of).lower,
});

const lognormalCase = (mu: number, sigma: number): Case => {
  const w = Math.exp(sigma ** 2);
  return {
    name: `lognormal of mu ${mu} and sigma ${sigma}`,
    law: lognormal({ mu, sigma }),
    mean: Math.exp(mu + sigma ** 2 / 2),
    variance: (w - 1) * Math.exp(2 * mu + sigma ** 2),
    kurtosis: w ** 4 + 2 * w ** 3 + 3 * w ** 2 - 3,
    cdf: (x) => normalCdf((Math.log(x) - mu) / sigma),
  };
};

const cases: readonly Case[] = [
  {
    name: 'exponential of rate 2',
    law: exponential(2),
    mean: 0.5,
    variance: 0.25,
    kurtosis: 9,
    cdf: (x) => 1 - Math.exp(-2 * x),
  },
  lognormalCase(6, 0.5),
  lognormalCase(-1, 0.25),
  gammaCase(0.3, 2),
  gammaCase(0.9, 0.1),
  gammaCase(1, 5),
  gammaCase(2.5, 1),
  gammaCase(40, 3),
];

describe('the laws', () => {
  for (const [seed, { name, law, mean: expected, variance, kurtosis, cdf }] of cases.entries()) {
    it(`${name}: mean and variance within four standard errors`, () => {
      const sample = sampleOf(law, seed);
      const center = mean(sample);
      expect(Math.abs(center - expected)).toBeLessThan(4 * Math.sqrt(variance / N));
      const spread = mean(sample.map((x) => (x - expected) ** 2));
      expect(Math.abs(spread - variance)).toBeLessThan(4 * variance * Math.sqrt((kurtosis - 1) / N));
    });

    it(`${name}: passes Kolmogorov–Smirnov at one in a thousand`, () => {
      expect(kolmogorovSmirnov(sampleOf(law, 100 + seed, 20_000), cdf)).toBeLessThan(1.95);
    });
  }

  it('fail Kolmogorov–Smirnov when a parameter is 3 % off, so the test can fail', () => {
    const sample = sampleOf(gamma({ shape: 2.5, mean: 1 }), 106, 20_000);
    expect(kolmogorovSmirnov(sample, (x) => incompleteGamma(2.5, x * 2.5 * 1.03).lower)).toBeGreaterThan(
      1.95,
    );
  });

  it('constant: always its value', () => expect(sampleOf(constant(7), 0, 5)).toEqual([7, 7, 7, 7, 7]));

  it('lognormal of sigma 0 is a constant', () => {
    expect(new Set(sampleOf(lognormal({ mu: 1, sigma: 0 }), 0, 10)).size).toBe(1);
  });

  it('gamma scales with its mean, to the bit for a power of two', () => {
    const one = sampleOf(gamma({ shape: 0.6, mean: 1 }), 3, 1000);
    expect(sampleOf(gamma({ shape: 0.6, mean: 8 }), 3, 1000)).toEqual(one.map((x) => 8 * x));
  });

  it.each([
    ['exponential(0)', () => exponential(0)],
    ['exponential(-1)', () => exponential(-1)],
    ['exponential(∞)', () => exponential(Number.POSITIVE_INFINITY)],
    ['exponential(NaN)', () => exponential(Number.NaN)],
    ['lognormal with a negative sigma', () => lognormal({ mu: 0, sigma: -1 })],
    ['lognormal with an infinite mu', () => lognormal({ mu: Number.POSITIVE_INFINITY, sigma: 1 })],
    ['gamma of shape 0', () => gamma({ shape: 0, mean: 1 })],
    ['gamma of mean NaN', () => gamma({ shape: 1, mean: Number.NaN })],
    ['tokens of at least 0', () => tokens(constant(1), 0)],
    ['tokens of at least 1.5', () => tokens(constant(1), 1.5)],
  ])('%s is refused', (_, make) => expect(make).toThrow(RangeError));
});

describe('token counts', () => {
  const only = (value: number, min_value?: number): number => tokens(constant(value), min_value)(() => 0.5)();

  it('are max(floor(x), min_value)', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 2 ** 31 - 1, noNaN: true }),
        fc.integer({ min: 1, max: 1e6 }),
        (x, least) => {
          expect(only(x, least)).toBe(Math.max(Math.floor(x), least));
        },
      ),
    );
  });

  it('are at least 1 unless told otherwise', () => {
    expect(only(0.3)).toBe(1);
    expect(only(-5)).toBe(1);
    expect(only(1.999)).toBe(1);
    expect(only(2)).toBe(2);
  });

  it('stop at 2^31 − 1', () => {
    expect(only(2 ** 31 - 1)).toBe(2 ** 31 - 1);
    expect(only(1e300)).toBe(2 ** 31 - 1);
    expect(only(Number.POSITIVE_INFINITY)).toBe(2 ** 31 - 1);
  });

  it('do not hide a law that gives no number', () => {
    expect(only(Number.NaN)).toBeNaN();
  });

  it('take no draw of their own: flooring leaves the sequence where it was', () => {
    const law = lognormal({ mu: 5, sigma: 1 });
    const whole = sampleOf(tokens(law), 9, 1000);
    expect(whole).toEqual(sampleOf(law, 9, 1000).map((x) => Math.max(Math.floor(x), 1)));
  });
});

describe('uniform token counts', () => {
  it('are low + ⌊u · (high − low + 1)⌋, so never beyond either end', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        fc.integer({ min: 0, max: 2 ** 31 - 2 }),
        fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true }),
        (low, further, u) => {
          const high = Math.min(low + further, 2 ** 31 - 1);
          const count = uniformTokens(low, high)(() => u)();
          expect(count).toBe(low + Math.floor(u * (high - low + 1)));
          expect(count).toBeGreaterThanOrEqual(low);
          expect(count).toBeLessThanOrEqual(high);
        },
      ),
    );
  });

  it('reach both ends with the extreme uniforms', () => {
    expect(uniformTokens(819, 1024)(() => 2 ** -53)()).toBe(819);
    expect(uniformTokens(819, 1024)(() => 1 - 2 ** -53)()).toBe(1024);
    expect(uniformTokens(7, 7)(() => 0.5)()).toBe(7);
  });

  it('come equally often: χ² with 9 degrees of freedom below its 99.9 % point', () => {
    const counts = new Map<number, number>();
    for (const count of sampleOf(uniformTokens(11, 20), 5, 100_000))
      counts.set(count, (counts.get(count) ?? 0) + 1);
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    let chiSquare = 0;
    for (const seen of counts.values()) chiSquare += (seen - 10_000) ** 2 / 10_000;
    expect(chiSquare).toBeLessThan(27.88);
  });

  it.each([
    [0, 5],
    [3, 2],
    [1.5, 2],
    [1, 2.5],
    [1, 2 ** 31],
    [Number.NaN, 2],
  ])('from %d to %d are refused', (low, high) => {
    expect(() => uniformTokens(low, high)).toThrow(RangeError);
  });
});
