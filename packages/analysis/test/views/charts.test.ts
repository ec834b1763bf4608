import { quantile } from '@llmsim/engine';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ChartSpec,
  queueTimeline,
  REQUEST_STAGES,
  ttftCdf,
  utilizationTimeline,
} from '../../src/index.ts';
import { named, results } from './reports.ts';

function expectDrawable(chart: ChartSpec): void {
  for (const { definition } of [chart.x, chart.y]) expect(definition).toMatch(/^[A-Z].*\.$/);
  for (const { points } of chart.series) {
    for (const [i, [x, y]] of points.entries()) {
      expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
      if (i > 0) expect(x).toBeGreaterThanOrEqual(points[i - 1]?.[0] ?? 0);
      if (chart.x.scale === 'log') expect(x).toBeGreaterThan(0);
    }
  }
  expect(JSON.parse(JSON.stringify(chart))).toEqual(chart);
}

describe('TTFT distribution', () => {
  test.each(named)('of %s: grows to one in at most 500 points', (name, result) => {
    const chart = ttftCdf([{ name, result }]);
    expectDrawable(chart);
    const points = chart.series[0]?.points ?? [];
    expect(points.length).toBeLessThanOrEqual(500);
    for (const [i, [, y]] of points.entries()) expect(y).toBeGreaterThanOrEqual(points[i - 1]?.[1] ?? 0);
    if (result.report.ttft_s.count > 0) {
      expect(points.at(-1)).toEqual([result.report.ttft_s.max, 1]);
      expect(points[0]?.[0]).toBe(result.report.ttft_s.min);
    } else {
      expect(points).toEqual([]);
    }
  });

  test('every point lies on the empirical distribution', () => {
    const samples = fc.array(fc.double({ min: 1e-6, max: 1e3, noNaN: true }), {
      minLength: 1,
      maxLength: 2000,
    });
    fc.assert(
      fc.property(samples, (values) => {
        const result = { report: results.noSlo.report, ttft_s: Float64Array.from(values) };
        const points = ttftCdf([{ name: 'run', result }]).series[0]?.points ?? [];
        expect(points.length).toBeGreaterThanOrEqual(Math.min(values.length, 400));
        for (const [x, y] of points) {
          // y lies between the shares strictly below and at most x.
          expect(values.filter((value) => value < x).length / values.length).toBeLessThan(y);
          expect(values.filter((value) => value <= x).length / values.length).toBeGreaterThanOrEqual(
            y - 1e-12,
          );
        }
      }),
      { numRuns: 30 },
    );
  });

  test('resolves the tail: a hundred points beyond p99 of a long run', () => {
    const ttft_s = Float64Array.from({ length: 50_000 }, (_, i) => i + 1);
    const [series] = ttftCdf([{ name: 'long', result: { report: results.noSlo.report, ttft_s } }]).series;
    expect(series?.points.filter(([, y]) => y >= 0.99).length).toBeGreaterThanOrEqual(100);
  });

  test('leaves the samples as they were', () => {
    const before = results.mono.ttft_s?.slice();
    ttftCdf([{ name: 'mono', result: results.mono }]);
    expect(results.mono.ttft_s).toEqual(before);
  });

  test('overlays runs and draws each SLO once', () => {
    const chart = ttftCdf([
      { name: 'mono', result: results.mono },
      { name: 'disagg', result: results.disagg },
    ]);
    expect(chart.series.map(({ name }) => name)).toEqual(['mono', 'disagg']);
    expect(chart.lines).toEqual([{ label: 'SLO 500 ms', x: 0.5 }]);
    expect(ttftCdf([{ name: 'run', result: results.noSlo }]).lines).toEqual([]);
  });

  test('without samples goes through the percentiles', () => {
    const { report } = results.histogram;
    const [series] = ttftCdf([{ name: 'run', result: results.histogram }]).series;
    expect(series?.kind).toBe('line');
    expect(series?.points).toContainEqual([report.ttft_s.p99, 0.99]);
  });

  test('agrees with the table: p99 lies where the curve crosses 0.99', () => {
    const { report, ttft_s } = results.mono;
    const points = ttftCdf([{ name: 'mono', result: { report, ttft_s } }]).series[0]?.points ?? [];
    const crossing = points.findIndex(([, y]) => y >= 0.99);
    const p99 = quantile(Float64Array.from(ttft_s ?? []).sort(), 0.99);
    expect(report.ttft_s.p99).toBeCloseTo(p99, 12);
    expect(points[crossing - 1]?.[0]).toBeLessThanOrEqual(p99);
    expect(points[crossing + 1]?.[0]).toBeGreaterThanOrEqual(p99);
  });
});

describe('timelines', () => {
  test('a pool has the colour of the stage that it is there for', () => {
    for (const chart of [queueTimeline, utilizationTimeline]) {
      const stages = chart(results.disagg.report).series.map(({ place = -1 }) => REQUEST_STAGES[place]);
      expect(stages).toEqual(['prefill_s', 'further_tokens_s']);
    }
  });

  test.each(named)('of %s: one step curve a pool, from 0 to the end', (_, { report }) => {
    for (const chart of [queueTimeline(report), utilizationTimeline(report)]) {
      expectDrawable(chart);
      expect(chart.series.map(({ name }) => name)).toEqual(report.pools.map(({ name }) => name));
      for (const { kind, points } of chart.series) {
        expect(kind).toBe('step');
        expect(points[0]?.[0]).toBe(0);
        expect(points.at(-1)?.[0]).toBe(report.end_s);
      }
      expect(chart.lines).toEqual([{ label: 'measurement starts', x: report.window_s[0] }]);
    }
  });

  test.each(named)('of %s: the area inside the window is the mean of the table', (_, { report }) => {
    for (const [index, pool] of report.pools.entries()) {
      const area = (chart: ChartSpec): number =>
        meanFrom(chart.series[index]?.points ?? [], report.window_s[0]);
      expect(area(queueTimeline(report))).toBeCloseTo(pool.mean_queue_length, 6);
      expect(area(utilizationTimeline(report))).toBeCloseTo(pool.utilization, 6);
    }
  });
});

/** Mean of a step curve from `from_s` to its last point; 30 s is an edge of the bins of these runs. */
function meanFrom(points: readonly (readonly [number, number])[], from_s: number): number {
  let area = 0;
  for (const [i, [x, y]] of points.entries()) {
    const end = points[i + 1]?.[0] ?? x;
    area += y * Math.max(0, end - Math.max(x, from_s));
  }
  return area / ((points.at(-1)?.[0] ?? 0) - from_s);
}
