/** Quantiles from a histogram: within the stated error of the exact ones, and mergeable. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  exponential,
  HISTOGRAM_RELATIVE_ERROR,
  HistogramSample,
  lognormal,
  monolithic,
  quantile,
  type Summary,
  simulate,
  summarize,
  tokens,
} from '../../src/index.ts';
import { deviation, expectClose, mean, percentile } from '../support/numbers.ts';

const seconds = fc.array(fc.double({ min: 1e-8, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 300 });

function histogramOf(values: readonly number[]): HistogramSample {
  const sample = new HistogramSample();
  for (const value of values) sample.add(value);
  return sample;
}

function expectWithinError(approximate: number | null, exact: number | null, what: string): void {
  if (exact === null || approximate === null) {
    expect(approximate, what).toBe(exact);
    return;
  }
  const bound = HISTOGRAM_RELATIVE_ERROR * exact * (1 + 1e-9) + 2 ** -30;
  expect(Math.abs(approximate - exact), `${what}: ${approximate} against ${exact}`).toBeLessThanOrEqual(
    bound,
  );
}

describe('quantiles', () => {
  it("are numpy's default, type 7", () => {
    fc.assert(
      fc.property(seconds, fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
        const sorted = Float64Array.from(values).sort();
        const expected = percentile(values, p);
        expectClose(quantile(sorted, p), expected, `p = ${p}`, 1e-12);
      }),
    );
    // numpy.percentile([15, 20, 35, 40, 50], [5, 30, 40, 95])
    const values = [15, 20, 35, 40, 50];
    for (const [p, expected] of [
      [0.05, 16],
      [0.3, 23],
      [0.4, 29],
      [0.95, 48],
    ] as const)
      expect(quantile(values, p)).toBeCloseTo(expected, 12);
  });

  it('refuse an empty sample and a p outside [0, 1]', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
    for (const p of [-0.1, 1.1, Number.NaN]) expect(() => quantile([1], p)).toThrow(RangeError);
  });
});

describe('summarize', () => {
  it('agrees with naive statistics, whatever the values', () => {
    const any = fc.array(
      fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: -3, max: 3 })),
      { minLength: 1, maxLength: 300 },
    );
    fc.assert(
      fc.property(any, (values) => {
        const summary = summarize(values);
        expect(summary.count).toBe(values.length);
        expectClose(summary.mean, mean(values), 'mean');
        expect(Math.abs((summary.std ?? Number.NaN) - deviation(values))).toBeLessThan(
          1e-6 * (1 + Math.max(...values.map(Math.abs))),
        );
        for (const p of [50, 90, 95, 99] as const)
          expectClose(summary[`p${p}`], percentile(values, p / 100), `p${p}`, 1e-12);
      }),
    );
  });

  it('does not sort its argument', () => {
    const values = [3, 1, 2];
    summarize(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('orders samples longer than its chunks', () => {
    const values = Float64Array.from({ length: 50_001 }, (_, i) => (i * 7919) % 50_001);
    expect(summarize(values)).toMatchObject({ count: 50_001, min: 0, max: 50_000, p50: 25_000, p90: 45_000 });
  });
});

describe('a histogram', () => {
  it('gives every quantile within its stated relative error', () => {
    fc.assert(
      fc.property(seconds, fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
        const sorted = Float64Array.from(values).sort();
        expectWithinError(histogramOf(values).quantile(p), quantile(sorted, p), `p = ${p}`);
      }),
      { numRuns: 500 },
    );
  });

  it('states an error of less than half a per cent', () => {
    expect(HISTOGRAM_RELATIVE_ERROR).toBeLessThan(0.005);
    expect(HISTOGRAM_RELATIVE_ERROR).toBeGreaterThan(0);
  });

  it('merged with another is what counting together gives', () => {
    fc.assert(
      fc.property(seconds, seconds, (a, b) => {
        const merged = histogramOf(a);
        merged.merge(histogramOf(b));
        const together = histogramOf([...a, ...b]);
        const [actual, expected] = [merged.summary(), together.summary()];
        for (const exact of ['count', 'min', 'max', 'p50', 'p90', 'p95', 'p99'] as const)
          expect(actual[exact]).toBe(expected[exact]);
        expectClose(actual.mean, expected.mean ?? Number.NaN, 'mean');
        expectClose((actual.std ?? Number.NaN) / 1e9, (expected.std ?? Number.NaN) / 1e9, 'std', 1e-6);
      }),
    );
  });

  it('merged into an empty one, or with one, is unchanged', () => {
    const values = [0.1, 2, 30];
    const empty = new HistogramSample();
    empty.merge(histogramOf(values));
    expect(empty.summary()).toEqual(histogramOf(values).summary());
    empty.merge(new HistogramSample());
    expect(empty.summary()).toEqual(histogramOf(values).summary());
  });

  it('weighs a value as often as told', () => {
    const weighted = new HistogramSample();
    weighted.add(2, 3);
    weighted.add(5);
    expect(weighted.summary()).toEqual(histogramOf([2, 2, 2, 5]).summary());
  });

  it('stands for the exact quantiles of a run', () => {
    const plan = {
      seed: 5,
      sim_seconds: 2000,
      warmup_seconds: 100,
      workload: {
        kind: 'generated',
        interarrival_s: exponential(4),
        prompt_tokens: tokens(lognormal({ mu: 7, sigma: 1 })),
        output_tokens: tokens(lognormal({ mu: 5, sigma: 1 })),
      },
      architecture: monolithic({ num_gpus: 4, prefill_tokens_per_s: 8000, decode_tokens_per_s: 500 }),
    } as const;
    const exact = simulate(plan);
    const approximate = simulate({ ...plan, quantiles: 'histogram' });
    expect(approximate.ttft_s).toBeNull();
    expect(approximate.report.quantiles).toEqual({
      method: 'histogram',
      relative_error: HISTOGRAM_RELATIVE_ERROR,
    });
    expect(exact.report.quantiles).toEqual({ method: 'exact', relative_error: 0 });
    const pairs: ReadonlyArray<readonly [string, Summary, Summary]> = [
      ...(['ttft_s', 'tpot_s', 'itl_s', 'e2e_s'] as const).map(
        (metric) => [metric, approximate.report[metric], exact.report[metric]] as const,
      ),
      ...(['waiting_s', 'service_s'] as const).map(
        (metric) =>
          [metric, approximate.report.pools[0]?.[metric], exact.report.pools[0]?.[metric]] as readonly [
            string,
            Summary,
            Summary,
          ],
      ),
    ];
    for (const [metric, ours, theirs] of pairs) {
      for (const same of ['count', 'mean', 'std', 'min', 'max'] as const)
        expect(ours[same], `${same} ${metric}`).toBe(theirs[same]);
      for (const p of ['p50', 'p90', 'p95', 'p99'] as const)
        expectWithinError(ours[p], theirs[p], `${p} ${metric}`);
    }
    expect(approximate.report.outcomes).toEqual(exact.report.outcomes);
  });
});
