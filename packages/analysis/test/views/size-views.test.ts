import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findReading,
  paretoChart,
  type SplitReport,
  type SplitResult,
  sizeHeatmap,
  smallestPassing,
} from '../../src/index.ts';

const reading = findReading('ttft_s.p99');
if (reading === undefined) throw new Error('There is no such reading');

const evidence = {
  runs: 2,
  attainment: 1,
  ttft_attainment: 1,
  tpot_attainment: 1,
  ttft_p99_s: 1,
  tpot_p99_s: null,
  ttft_min_s: 0,
  tpot_min_s: null,
  goodput_rps: 1,
  rejected: 0,
  unfinished: 0,
  overloaded: 0,
  pools: [],
};

function kind(price: number | null) {
  const pool = { gpus: 1, hardware: null, least_service_s: 0, price_per_hour: price };
  return {
    name: 'disagg',
    mode: 'disagg',
    pools: [
      { ...pool, pool: 'prefill' },
      { ...pool, pool: 'decode' },
    ],
  };
}

/** Every size up to 4 + 4, each with a latency and whether it passes. */
const reports = fc
  .record({
    latencies: fc.array(fc.double({ min: 0.01, max: 10, noNaN: true }), { minLength: 16, maxLength: 16 }),
    passes: fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }),
    price: fc.constantFrom(null, 2.5),
  })
  .map(({ latencies, passes, price }): SplitReport => {
    const results = latencies.map(
      (mean, index): SplitResult => ({
        candidate: { kind: kind(price), servers: [1 + Math.floor(index / 4), 1 + (index % 4)] },
        rate_per_s: 2,
        interval: { mean, half_width: 0, low: mean, high: mean, n: 2, level: 0.95 },
        evidence,
        passes: passes[index] ?? false,
        reason: passes[index] ? null : 'ttft',
        busiest: 'prefill',
        best: false,
        alike: false,
      }),
    );
    return {
      finished: true,
      reading,
      attain: 0.99,
      splits: results.map(({ candidate }) => candidate),
      rates_per_s: [2],
      results,
      best: null,
      runs: 32,
    };
  });

describe('sizes', () => {
  it('every cell is the reading of its size, and the smallest that passes is marked', () => {
    fc.assert(
      fc.property(reports, (report) => {
        const { cells, x, y } = sizeHeatmap(report);
        const best = smallestPassing(report);
        for (const { candidate, interval, reason } of report.results) {
          const [prefill = 0, decode = 0] = candidate.servers;
          const cell = cells[y.categories.indexOf(String(prefill))]?.[x.categories.indexOf(String(decode))];
          expect(cell?.value).toBe(interval?.mean);
          const mark = candidate === best?.candidate ? 'best' : reason === null ? undefined : 'fails';
          expect(cell?.mark).toBe(mark);
        }
        const fewer = report.results.filter(
          ({ reason, candidate: { servers } }) =>
            reason === null && (servers[0] ?? 0) + (servers[1] ?? 0) < (best ? sum(best) : 0),
        );
        expect(fewer).toEqual([]);
      }),
    );
  });

  it('nothing as cheap as a point of the front is faster, and all of it was run', () => {
    fc.assert(
      fc.property(reports, (report) => {
        const chart = paretoChart([report]);
        const front = chart?.series.at(-1)?.points ?? [];
        const all = report.results.map((result): readonly [number, number] => [
          sum(result) * (result.candidate.kind.pools[0]?.price_per_hour ?? 1),
          result.interval?.mean ?? 0,
        ]);
        expect(front.length).toBeGreaterThan(0);
        for (const [x, y] of front) {
          expect(all).toContainEqual([x, y]);
          expect(all.filter(([ox, oy]) => ox <= x && oy < y)).toEqual([]);
        }
        for (const [x, y] of all) expect(front.some(([fx, fy]) => fx <= x && fy <= y)).toBe(true);
      }),
    );
  });
});

function sum({ candidate: { servers } }: SplitResult): number {
  return servers.reduce((total, count) => total + count, 0);
}
