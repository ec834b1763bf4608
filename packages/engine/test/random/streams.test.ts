/** Substreams: open interval, independent, stable, and the same for ever. */
import { describe, expect, it } from 'vitest';
import {
  constant,
  exponential,
  lognormal,
  monolithic,
  simulate,
  tokens,
  uniformStream,
} from '../../src/index.ts';
import { kolmogorovSmirnov } from '../support/cdf.ts';

const NAMES = ['arrivals', 'prompt_tokens', 'output_tokens', 'routing'] as const;
const N = 20_000;

function draws(seed: number | string, name: string, n = N): number[] {
  const next = uniformStream(seed, name);
  return Array.from({ length: n }, next);
}

function correlation(a: readonly number[], b: readonly number[]): number {
  let total = 0;
  for (const [i, x] of a.entries()) total += 12 * (x - 0.5) * ((b[i] ?? 0) - 0.5);
  return total / a.length;
}

describe('uniform substreams', () => {
  it('are uniform in the open interval', () => {
    for (const name of NAMES) {
      const sample = draws(42, name);
      expect(Math.min(...sample)).toBeGreaterThan(0);
      expect(Math.max(...sample)).toBeLessThan(1);
      expect(kolmogorovSmirnov(sample, (x) => x)).toBeLessThan(1.95);
    }
  });

  it('are uncorrelated across names, across neighbouring seeds, and with themselves a draw later', () => {
    const streams = [
      ...NAMES.map((name) => draws(42, name)),
      ...[41, 43, 0].map((seed) => draws(seed, 'arrivals')),
    ];
    const bound = 4 / Math.sqrt(N);
    for (const [i, a] of streams.entries()) {
      for (const b of streams.slice(i + 1)) expect(Math.abs(correlation(a, b))).toBeLessThan(bound);
      expect(Math.abs(correlation(a.slice(1), a))).toBeLessThan(bound);
    }
  });

  it('give the same numbers for the same seed and name, and others otherwise', () => {
    expect(draws(7, 'arrivals', 100)).toEqual(draws(7, 'arrivals', 100));
    expect(draws(7, 'arrivals', 5)).not.toEqual(draws(7, 'routing', 5));
    expect(draws(7, 'arrivals', 5)).not.toEqual(draws('7b', 'arrivals', 5));
  });

  it('do not move each other: drawing more from one leaves the rest as they are', () => {
    const alone = draws(7, 'prompt_tokens', 100);
    const busy = uniformStream(7, 'arrivals');
    const beside = uniformStream(7, 'prompt_tokens');
    const seen = alone.map((_, i) => {
      for (let k = 0; k < i % 5; k++) busy();
      return beside();
    });
    expect(seen).toEqual(alone);
  });
});

describe('a generated workload', () => {
  const base = {
    seed: 11,
    keep_requests: true,
    architecture: monolithic({ num_gpus: 2, prefill_tokens_per_s: 5000, decode_tokens_per_s: 500 }),
  } as const;
  const drawn = (rate_per_s: number, over: object = {}) => {
    const { requests } = simulate({
      ...base,
      workload: {
        kind: 'generated',
        max_requests: 500,
        interarrival_s: exponential(rate_per_s),
        prompt_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
        output_tokens: tokens(lognormal({ mu: 4, sigma: 1 })),
        ...over,
      },
    });
    if (requests === null) throw new Error('the run kept no requests');
    return requests;
  };

  it('is bit-identical on another cluster', () => {
    const here = drawn(2);
    const { requests: there } = simulate({
      ...base,
      architecture: monolithic({ num_gpus: 9, prefill_tokens_per_s: 900, decode_tokens_per_s: 70 }),
      workload: {
        kind: 'generated',
        max_requests: 500,
        interarrival_s: exponential(2),
        prompt_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
        output_tokens: tokens(lognormal({ mu: 4, sigma: 1 })),
      },
    });
    expect(there?.arrival_s).toEqual(here.arrival_s);
    expect(there?.prompt_tokens).toEqual(here.prompt_tokens);
    expect(there?.output_tokens).toEqual(here.output_tokens);
  });

  it('rescales the same gaps when the rate changes: to the bit for a power of two', () => {
    const slow = drawn(2);
    const fast = drawn(8);
    expect(fast.arrival_s).toEqual(slow.arrival_s.map((t) => t / 4));
    expect(fast.prompt_tokens).toEqual(slow.prompt_tokens);
    expect(fast.output_tokens).toEqual(slow.output_tokens);
  });

  it('rescales the same gaps when the rate changes: up to the rounding of a sum otherwise', () => {
    const slow = drawn(2);
    const fast = drawn(3.7);
    for (const [i, t] of slow.arrival_s.entries())
      expect(Math.abs(((fast.arrival_s[i] ?? 0) * 3.7) / (2 * t) - 1)).toBeLessThan(1e-13);
  });

  it('keeps each quantity when the law of another changes', () => {
    const plain = drawn(2);
    const other = drawn(2, { prompt_tokens: constant(100) });
    expect(other.arrival_s).toEqual(plain.arrival_s);
    expect(other.output_tokens).toEqual(plain.output_tokens);
    expect(other.prompt_tokens).not.toEqual(plain.prompt_tokens);
  });
});
