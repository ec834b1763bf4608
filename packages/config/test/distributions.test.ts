import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  echoOf,
  logSpaceFromMeanStd,
  logSpaceFromP50P90,
  logSpaceOf,
  meanStdFromLogSpace,
  p50P90FromLogSpace,
} from '../src/index.ts';
import { configOf } from './loading.ts';

const mu = fc.double({ min: -5, max: 15, noNaN: true });
const sigma = fc.double({ min: 0.01, max: 3, noNaN: true });
const near = (actual: number, expected: number, relative: number): void => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.max(1e-3, Math.abs(expected)));
};

describe('conversions', () => {
  it('come back from mean and standard deviation', () => {
    fc.assert(
      fc.property(mu, sigma, (mu, sigma) => {
        const back = logSpaceFromMeanStd(meanStdFromLogSpace({ mu, sigma }));
        near(back.mu, mu, 1e-9);
        near(back.sigma, sigma, 1e-9);
      }),
    );
  });

  it('come back from median and 90th percentile', () => {
    fc.assert(
      fc.property(mu, sigma, (mu, sigma) => {
        const back = logSpaceFromP50P90(p50P90FromLogSpace({ mu, sigma }));
        near(back.mu, mu, 1e-12);
        near(back.sigma, sigma, 1e-11);
      }),
    );
  });

  it('scale with the unit: k times the length adds ln k to mu and leaves sigma alone', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e4, noNaN: true }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        (mean, cv) => {
          const one = logSpaceFromMeanStd({ mean, std: cv * mean });
          const eight = logSpaceFromMeanStd({ mean: 8 * mean, std: 8 * cv * mean });
          near(eight.mu - one.mu, Math.log(8), 1e-12);
          near(eight.sigma, one.sigma, 1e-12);
        },
      ),
    );
  });

  it('agree with the normal law at the 90th percentile: P(X ≤ p90) = 0.9', () => {
    const { mu, sigma } = logSpaceFromP50P90({ p50: 128, p90: 512 });
    // z of the 0.9 quantile from published tables.
    near((Math.log(512) - mu) / sigma, 1.2815515655446004, 1e-14);
    expect(Math.exp(mu)).toBeCloseTo(128, 10);
  });

  it('a law without spread has sigma 0', () => {
    expect(logSpaceFromMeanStd({ mean: 1024, std: 0 })).toEqual({ mu: Math.log(1024), sigma: 0 });
  });
});

describe('a mapping without mode', () => {
  it('is in log space, and an empty file has mu 6, sigma 1, min 1', () => {
    const { prompt_tokens, output_tokens } = configOf('mode: mono');
    expect(prompt_tokens && echoOf(prompt_tokens).log).toEqual({ mu: 6, sigma: 1, min_value: 1 });
    expect(output_tokens && echoOf(output_tokens).log).toEqual({ mu: 6, sigma: 1, min_value: 1 });
    expect(configOf('prompt_tokens: {mean: 5}').prompt_tokens).toEqual({
      mode: 'log',
      mean: 5,
      sigma: 1,
      min_value: 1,
    });
  });
});

describe('the echo', () => {
  it('returns what the file says and the other space beside it', () => {
    const echo = echoOf({ mode: 'real_mean_std', mean: 1024, std: 512, min_value: 8 });
    expect(echo.real).toEqual({ mean: 1024, std: 512 });
    expect(echo.log?.min_value).toBe(8);
    near((echo.log?.sigma ?? 0) ** 2, Math.log(1.25), 1e-14);
    near(echo.log?.mu ?? 0, Math.log(1024) - Math.log(1.25) / 2, 1e-14);
  });

  it('of a uniform law is its mean and spread, without log space', () => {
    // 1, 2, 3, 4: mean 2.5, variance (2.25 + 0.25) / 2.
    expect(echoOf({ mode: 'uniform', min: 1, max: 4 })).toEqual({
      log: null,
      real: { mean: 2.5, std: Math.sqrt(1.25) },
    });
  });

  it('has the mean e^(mu + sigma²/2) in log mode', () => {
    const echo = echoOf({ mode: 'log', mean: 6, sigma: 1, min_value: 1 });
    near(echo.real.mean, Math.exp(6.5), 1e-14);
    near(echo.real.std, Math.exp(6.5) * Math.sqrt(Math.E - 1), 1e-14);
  });

  it('holds the very numbers of the configured mode', () => {
    expect(logSpaceOf({ mode: 'log', mean: 5.5, sigma: 0.25, min_value: 1 })).toEqual({
      mu: 5.5,
      sigma: 0.25,
    });
  });
});
