/** The normal quantile against values computed with 60 digits, as an inverse, and by symmetry. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../src/random/normal.ts';
import { normalCdf } from '../support/cdf.ts';

const KNOWN: ReadonlyArray<readonly [p: number, z: number]> = [
  [0.1, -1.2815515655446004],
  [0.025, -1.9599639845400543],
  [0.075, -1.439531470938456],
  [0.001, -3.0902323061678136],
  [1e-10, -6.361340902404057],
  [1e-300, -37.0470962993612],
  [2 ** -53, -8.209536151601387],
  [0.3, -0.5244005127080408],
  [0.45, -0.12566134685507402],
  [0.02, -2.053748910631823],
  [1e-5, -4.264890793922825],
  [1e-12, -7.034483825301132],
  [1e-50, -14.933337534788489],
];

describe('the normal quantile', () => {
  it.each(KNOWN)('of %d is %d', (p, z) => {
    expect(Math.abs(normalQuantile(p) / z - 1)).toBeLessThan(1e-15);
  });

  it('is 0 at one half', () => expect(normalQuantile(0.5)).toBe(0));

  it('is odd about one half, to the bit', () => {
    fc.assert(
      // Multiples of 2^-53, whose complement is exact: what the uniform streams give.
      fc.property(fc.integer({ min: 1, max: 2 ** 52 }), (k) => {
        const p = k * 2 ** -53;
        expect(normalQuantile(1 - p)).toBe(p === 0.5 ? 0 : -normalQuantile(p));
      }),
      { numRuns: 2000 },
    );
  });

  it('is undone by the distribution function, in the tail relatively', () => {
    const p = fc.oneof(
      fc.double({ min: 1e-9, max: 0.5, noNaN: true }),
      fc.double({ min: -600, max: -1, noNaN: true }).map((ln) => Math.exp(ln)),
    );
    fc.assert(
      fc.property(p, (probability) => {
        const z = normalQuantile(probability);
        // An ulp of z moves the tail by z² ulps.
        expect(Math.abs(normalCdf(z) / probability - 1)).toBeLessThan(1e-14 * (10 + z * z));
      }),
      { numRuns: 2000 },
    );
  });

  it('never falls: across the seams of its three approximations too', () => {
    for (const seam of [0.075, 0.925, Math.exp(-25), 0.5, 0.001]) {
      let before = Number.NEGATIVE_INFINITY;
      for (let i = -3000; i <= 3000; i++) {
        const z = normalQuantile(seam * (1 + i * 1e-12));
        expect(z).toBeGreaterThanOrEqual(before - 4e-16 * Math.abs(z));
        before = z;
      }
    }
  });
});
