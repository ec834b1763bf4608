/** Whole quantiles from a table against the floor of the quantile itself. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lognormal, tokens, uniformStream } from '../../src/index.ts';
import { WholeQuantile } from '../../src/random/whole-quantile.ts';

const anyLognormal = fc.record({
  mu: fc.double({ min: -3, max: 18, noNaN: true }),
  sigma: fc.double({ min: 0, max: 4, noNaN: true }),
});

/** More draws than it takes before a table is made. */
const ENOUGH = 5000;

/** With its table made. */
function tabled(quantile: (u: number) => number): WholeQuantile {
  const whole = new WholeQuantile(quantile);
  for (let i = 0; i < ENOUGH; i++) whole.at(0.5);
  return whole;
}

describe('the whole part of a quantile', () => {
  it('is the floor of the quantile, for any lognormal and any uniforms', () => {
    fc.assert(
      fc.property(anyLognormal, fc.integer(), (parameters, seed) => {
        const { quantile } = lognormal(parameters);
        const whole = new WholeQuantile(quantile);
        const draw = uniformStream(seed, 'u');
        for (let i = 0; i < 2 * ENOUGH; i++) {
          const u = draw();
          if (whole.at(u) !== Math.floor(quantile(u)))
            expect.fail(`${whole.at(u)} at ${u}, not ${quantile(u)}`);
        }
      }),
    );
  });

  it('is so on both sides of every step, where a table is most easily wrong', () => {
    for (const parameters of [
      { mu: 6.8, sigma: 0.47 },
      { mu: 3, sigma: 1.5 },
    ]) {
      const { quantile } = lognormal(parameters);
      const whole = tabled(quantile);
      for (let step = Math.ceil(quantile(0.001)); step < Math.min(quantile(0.999), 2000); step++) {
        let [low, high] = [0, 1];
        for (let middle = 0.5; middle > low && middle < high; middle = (low + high) / 2) {
          if (quantile(middle) < step) low = middle;
          else high = middle;
        }
        for (const u of [low - 1e-12, low - 1e-15, low, high, high + 1e-15, high + 1e-12])
          expect(whole.at(u)).toBe(Math.floor(quantile(u)));
      }
    }
  });

  it('comes from the table: the quantile is seldom asked', () => {
    const { quantile } = lognormal({ mu: 6.8, sigma: 0.47 });
    let asked = 0;
    const whole = tabled((u) => {
      asked++;
      return quantile(u);
    });
    asked = 0;
    const draw = uniformStream(1, 'u');
    for (let i = 0; i < 10_000; i++) whole.at(draw());
    expect(asked).toBeLessThan(300);
  });

  it('asks the quantile alone while few are drawn', () => {
    let asked = 0;
    const whole = new WholeQuantile((u) => {
      asked++;
      return 100 * u;
    });
    for (let i = 0; i < 1000; i++) whole.at(0.5);
    expect(asked).toBe(1000);
  });

  it('makes no difference to tokens()', () => {
    const law = lognormal({ mu: 2, sigma: 1.2 });
    const quick = tokens(law, 3)(uniformStream(7, 'x'));
    const exact = tokens((uniform) => law(uniform), 3)(uniformStream(7, 'x'));
    for (let i = 0; i < 20_000; i++) expect(quick()).toBe(exact());
  });
});
