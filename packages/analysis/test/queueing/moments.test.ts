/** The moments of laws whose moments are known. */
import { constant, exponential, gamma, lognormal } from '@llmsim/engine';
import { describe, expect, it } from 'vitest';
import { momentsOf, scvOf } from '../../src/queueing/moments.ts';

describe('the moments of a law', () => {
  it.each([0.5, 1, 1.5, 2])('a lognormal of sigma %d', (sigma) => {
    const { mean, variance } = momentsOf(lognormal({ mu: 3, sigma }));
    expect(mean / Math.exp(3 + sigma ** 2 / 2)).toBeCloseTo(1, 5);
    expect(variance / mean ** 2 / Math.expm1(sigma ** 2)).toBeCloseTo(1, 3);
  });

  it('an exponential', () => {
    const moments = momentsOf(exponential(0.2));
    expect(moments.mean).toBeCloseTo(5, 5);
    expect(scvOf(moments)).toBeCloseTo(1, 5);
  });

  it('a constant', () => {
    expect(momentsOf(constant(7))).toEqual({ mean: 7, variance: 0 });
  });

  it('two values with a step between them', () => {
    const { mean, variance } = momentsOf((uniform) => () => (uniform() < 0.3 ? 1 : 101));
    expect(mean).toBeCloseTo(71, 1);
    expect(variance).toBeCloseTo(0.3 * 0.7 * 1e4, 0);
  });

  it('laws of more than one uniform, within what samples stray', () => {
    const { mean, variance } = momentsOf((uniform) => () => uniform() + uniform());
    expect(Math.abs(mean - 1)).toBeLessThan(0.01);
    expect(Math.abs(6 * variance - 1)).toBeLessThan(0.01);
    for (const shape of [0.1, 0.25, 0.4, 1.5, 4]) {
      const moments = momentsOf(gamma({ shape, mean: 2 }));
      expect(Math.abs(moments.mean / 2 - 1)).toBeLessThan(0.01);
      expect(Math.abs(scvOf(moments) * shape - 1)).toBeLessThan(0.015);
    }
  });
});
