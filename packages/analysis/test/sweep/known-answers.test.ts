/** What a sweep finds against what queueing theory knows: the capacity of M/M/c, the knee of M/M/1. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inProcess, kneeOf, largestLoad, mm1, mmcWaitingExceeds, sweep } from '../../src/index.ts';
import { mmcPlan, rateSweep, SERVERS, SERVICE_S, TARGET_S, TOKEN_S } from './mmc-sweep.ts';

/** The rate at which 1 % wait longer than the target, by bisection of Erlang C's tail. */
function erlangCapacity(): number {
  let [low, high] = [0.1, SERVERS / SERVICE_S - 1e-6];
  for (let step = 0; step < 60; step++) {
    const rate_per_s = (low + high) / 2;
    const queue = { rate_per_s, service_mean_s: SERVICE_S, servers: SERVERS };
    if (mmcWaitingExceeds(queue, TARGET_S - 2 * TOKEN_S) > 0.01) high = rate_per_s;
    else low = rate_per_s;
  }
  return low;
}

describe('the largest load', () => {
  it('of an M/M/c queue is that of Erlang C turned round', async () => {
    const question = rateSweep([2, 3, 3.5, 4, 5], [1, 2, 3, 4, 5, 6, 7, 8]);
    const report = await sweep(question, { runner: inProcess((cell) => mmcPlan(cell, 5000)) });
    const found = report.lines[0]?.largest_load;
    if (found?.kind !== 'between') throw new Error(`got ${JSON.stringify(found)}`);
    const wanted = erlangCapacity();
    expect(found.interval.low).toBeLessThan(wanted);
    expect(found.interval.high).toBeGreaterThan(wanted);
    expect(found.interval.half_width).toBeLessThan(0.05 * wanted);
  });

  it('is exact where the logarithm of the misses is a line', () => {
    const point = (x: number, share: number) => ({
      x,
      misses: [1, 2].map(() => ({ judged: 1e6, met: 1e6 * (1 - share) })),
    });
    fc.assert(
      fc.property(fc.double({ min: 1, max: 9, noNaN: true }), (truth) => {
        const line = [0, 2, 4, 6, 8, 10].map((x) =>
          point(x, Math.min(0.9, 0.01 * Math.exp((x - truth) / 3))),
        );
        const found = largestLoad(line);
        if (found?.kind !== 'between') throw new Error(`got ${JSON.stringify(found)}`);
        expect(found.interval.mean).toBeCloseTo(truth, 4);
        expect(found.interval.half_width).toBeCloseTo(0, 6);
      }),
    );
  });

  it('says on which side of the grid it lies, and nothing where nobody was judged', () => {
    const point = (x: number, met: readonly number[]) => ({
      x,
      misses: met.map((n) => ({ judged: 100, met: n })),
    });
    expect(largestLoad([point(1, [100, 100]), point(2, [99, 100])])).toEqual({ kind: 'above', x: 2 });
    expect(largestLoad([point(1, [98, 100]), point(2, [50, 60])])).toEqual({ kind: 'below', x: 1 });
    expect(largestLoad([point(1, [100, 100]), point(2, [50, 100])])).toEqual({ kind: 'above', x: 2 });
    expect(largestLoad([{ x: 1, misses: [null, null] }])).toBeNull();
    expect(largestLoad([])).toBeNull();
  });
});

describe('the knee', () => {
  it('of an M/M/1 queue is half its service rate, whatever the unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), (half) => {
        const service_rate = 2 * half;
        const loads = Array.from({ length: 19 }, (_, step) => ((step + 1) / 20) * service_rate);
        const curve = loads.map((rate_per_s): [number, number] => [
          rate_per_s,
          mm1({ rate_per_s, service_mean_s: 1 / service_rate }).mean_sojourn_s,
        ]);
        expect(kneeOf(curve)).toBeCloseTo(half, 9);
      }),
    );
  });

  it('is not at the ends of a grid', () => {
    expect(kneeOf([])).toBeNull();
    expect(
      kneeOf([
        [1, 1],
        [2, 1],
        [3, 1],
      ]),
    ).toBeNull();
    expect(
      kneeOf([
        [1, 1],
        [2, 9],
      ]),
    ).toBeNull();
    expect(
      kneeOf([
        [1, 1],
        [2, 1],
        [3, 9],
      ]),
    ).toBe(2);
  });
});
