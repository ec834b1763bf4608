import { constant, exponential, lognormal, tokens, uniformStream } from '@llmsim/engine';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inspectTrace, type TraceStatistics, type TraceWorkload } from '../src/index.ts';
import { gapVariation, indexOfDispersion, peakRate } from '../src/statistics/arrivals.ts';
import { pearson, spearman } from '../src/statistics/correlation.ts';
import { prefixHitRate } from '../src/statistics/prefix-hits.ts';

function drawn(n: number, seed: number, gap = exponential(5)): TraceWorkload {
  const next = gap(uniformStream(seed, 'arrivals'));
  const length = tokens(lognormal({ mu: 6, sigma: 1 }));
  const prompt = length(uniformStream(seed, 'prompt_tokens'));
  const output = length(uniformStream(seed, 'output_tokens'));
  let time = 0;
  return {
    kind: 'replay',
    arrival_s: Float64Array.from({ length: n }, () => {
      time += next();
      return time;
    }),
    prompt_tokens: Int32Array.from({ length: n }, prompt),
    output_tokens: Int32Array.from({ length: n }, output),
  };
}

describe('Poisson arrivals', () => {
  const seen = inspectTrace({ workload: drawn(200_000, 1) });
  test('have rate λ and CV 1', () => {
    expect(seen.rate_per_s).toBeCloseTo(5, 1);
    expect(seen.iat_cv).toBeCloseTo(1, 2);
  });
  test('have an index of dispersion of 1 in every window', () => {
    // Its standard error is √(2 / windows): 0.007, 0.022, 0.055 here.
    expect(Math.abs((seen.iod_1s ?? 0) - 1)).toBeLessThan(0.03);
    expect(Math.abs((seen.iod_10s ?? 0) - 1)).toBeLessThan(0.09);
    expect(Math.abs((seen.iod_60s ?? 0) - 1)).toBeLessThan(0.22);
  });
  test('lie on no grid, and lengths drawn apart go apart', () => {
    expect(seen.time_grid_s).toBeNull();
    expect(Math.abs(seen.length_pearson ?? 1)).toBeLessThan(0.01);
    expect(Math.abs(seen.length_spearman ?? 1)).toBeLessThan(0.01);
  });
});

test('arrivals at equal distances have CV 0 and no dispersion', () => {
  const seen = inspectTrace({ workload: drawn(1001, 1, constant(0.25)) });
  expect(seen).toMatchObject({
    rate_per_s: 1001 / 250,
    iat_cv: 0,
    iod_1s: 0,
    iod_10s: 0,
    iod_60s: 0,
    longest_gap_s: 0.25,
  });
  expect([seen.peak_rate_1s_per_s, seen.peak_rate_60s_per_s]).toEqual([4, 4]);
});

test('scaling time scales rate and leaves CV and lengths alone', () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(0.25, 0.5, 2, 8), (seed, scale) => {
      const workload = drawn(300, seed);
      const slow = { ...workload, arrival_s: workload.arrival_s.map((time) => time * scale) };
      const a = inspectTrace({ workload });
      const b = inspectTrace({ workload: slow });
      expect((b.rate_per_s ?? 0) * scale).toBeCloseTo(a.rate_per_s ?? 0, 9);
      expect(b.iat_cv).toBeCloseTo(a.iat_cv ?? 0, 9);
      expect(b.longest_gap_s).toBeCloseTo(a.longest_gap_s * scale, 9);
      const lengths = ({
        prompt_tokens,
        output_tokens,
        length_pearson,
        length_spearman,
      }: TraceStatistics) => [prompt_tokens, output_tokens, length_pearson, length_spearman];
      expect(lengths(b)).toEqual(lengths(a));
      // Windows scale along.
      expect(indexOfDispersion(slow.arrival_s, 4 * scale)).toBeCloseTo(
        indexOfDispersion(workload.arrival_s, 4) ?? 0,
        9,
      );
      expect((peakRate(slow.arrival_s, 4 * scale) ?? 0) * scale).toBeCloseTo(
        peakRate(workload.arrival_s, 4) ?? 0,
        9,
      );
    }),
    { numRuns: 50 },
  );
});

test('index of dispersion and peak rate equal the plain definitions', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(400), { minLength: 2, maxLength: 80 }),
      fc.integer({ min: 1, max: 40 }),
      (ticks, window) => {
        const times = Float64Array.from(ticks).sort();
        const first = times[0] ?? 0;
        const span = (times.at(-1) ?? 0) - first;
        const counts = Array.from(
          { length: Math.floor(span / window) },
          (_, w) => times.filter((t) => t - first >= w * window && t - first < (w + 1) * window).length,
        );
        const mean = counts.reduce((sum, c) => sum + c, 0) / counts.length;
        const variance = counts.reduce((sum, c) => sum + (c - mean) ** 2, 0) / counts.length;
        const dispersion = indexOfDispersion(times, window);
        if (counts.length < 2) expect(dispersion).toBeNull();
        else expect(dispersion).toBeCloseTo(variance / mean, 9);
        const most = Math.max(
          ...Array.from(times, (from) => times.filter((t) => t >= from && t < from + window).length),
        );
        expect(peakRate(times, window)).toBe(span < window ? null : most / window);
      },
    ),
  );
});

describe('correlation', () => {
  const columns = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 })), {
    minLength: 2,
    maxLength: 60,
  });

  test('lies in [−1, 1], is symmetric and ignores scale; ranks ignore any growing change', () => {
    fc.assert(
      fc.property(columns, (pairs) => {
        const x = pairs.map(([a]) => a);
        const y = pairs.map(([, b]) => b);
        const r = pearson(x, y);
        if (r === null) return;
        expect(Math.abs(r)).toBeLessThanOrEqual(1);
        expect(pearson(y, x)).toBeCloseTo(r, 9);
        expect(
          pearson(
            x.map((a) => 3 * a + 7),
            y,
          ),
        ).toBeCloseTo(r, 9);
        expect(
          pearson(
            x.map((a) => -a),
            y,
          ),
        ).toBeCloseTo(-r, 9);
        expect(
          spearman(
            x.map((a) => a ** 3),
            y,
          ),
        ).toBeCloseTo(spearman(x, y) ?? 0, 9);
      }),
    );
  });

  test('known values, ties sharing ranks', () => {
    expect(pearson([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(0.8, 12);
    expect(spearman([10, 20, 20, 30], [1, 2, 3, 4])).toBeCloseTo(0.9486832980505138, 12);
    expect(pearson([5, 5, 5], [1, 2, 3])).toBeNull();
  });
});

test('prefix hits: leading blocks seen before, the last block with the tokens that are left', () => {
  const blocks = {
    block_size: 10,
    offsets: Int32Array.of(0, 3, 6, 8),
    ids: Int32Array.of(1, 2, 3, 1, 2, 3, 9, 2),
  };
  // 25 new; 25 seen before; then a new first block, behind which nothing counts.
  expect(prefixHitRate(blocks, [25, 25, 20])).toBe(25 / 70);
});

test('what has no meaning is null', () => {
  const one = {
    kind: 'replay' as const,
    arrival_s: Float64Array.of(3),
    prompt_tokens: Int32Array.of(7),
    output_tokens: Int32Array.of(9),
  };
  expect(inspectTrace({ workload: one })).toEqual({
    n: 1,
    span_s: 0,
    rate_per_s: null,
    iat_cv: null,
    iod_1s: null,
    iod_10s: null,
    iod_60s: null,
    peak_rate_1s_per_s: null,
    peak_rate_60s_per_s: null,
    longest_gap_s: 0,
    time_grid_s: null,
    prompt_tokens: { mean: 7, std: 0, min: 7, p50: 7, p90: 7, p95: 7, p99: 7, max: 7 },
    output_tokens: { mean: 9, std: 0, min: 9, p50: 9, p90: 9, p95: 9, p99: 9, max: 9 },
    length_pearson: null,
    length_spearman: null,
    prefix_hit_rate: null,
    block_size: null,
  });
  expect(gapVariation(Float64Array.of(0, 0))).toBeNull();
});
