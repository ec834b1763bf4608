/** The search for the smallest cluster against asking every one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastPassing, lightestPassing, type Region } from '../../src/planning/search.ts';
import { weightOf } from '../../src/planning/space.ts';

describe('the least number that passes', () => {
  it('is the boundary, found in few questions', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 0, max: 300 }),
        async (low, size) => {
          const high = low + size;
          for (const boundary of [low, low + 1, low + (size >> 1), high, high + 1]) {
            let questions = 0;
            const found = await leastPassing(low, high, async (n) => {
              questions++;
              expect(n).toBeGreaterThanOrEqual(low);
              expect(n).toBeLessThanOrEqual(high);
              return n >= boundary;
            });
            expect(found).toBe(boundary <= high ? boundary : null);
            // Doubling and halving, both over the distance from the lower bound.
            expect(questions).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(boundary - low + 2)) + 1);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('asks nothing of an empty range', async () => {
    expect(await leastPassing(3, 2, () => Promise.reject(new Error('asked')))).toBeNull();
  });
});

/** A staircase: for each number of the first pool the least of the second that passes, never growing. */
const staircase = fc
  .array(fc.integer({ min: 1, max: 12 }), { minLength: 12, maxLength: 12 })
  .map((least) => least.sort((a, b) => b - a));

const arbitraryRegion = fc
  .record({
    from: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })),
    to: fc.option(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })), {
      nil: undefined,
    }),
    gpus: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    most: fc.integer({ min: 1, max: 20 }),
  })
  .map(
    ({ from, to, gpus, most }): Region => ({
      from,
      ...(to === undefined ? {} : { to }),
      limits: [{ weights: gpus, most }],
    }),
  );

describe('the lightest servers that pass', () => {
  it('are as light as the lightest of all, by GPUs and by prices', async () => {
    const prices = fc.tuple(
      fc.double({ min: 0.1, max: 9, noNaN: true }),
      fc.double({ min: 0.1, max: 9, noNaN: true }),
    );
    await fc.assert(
      fc.asyncProperty(staircase, arbitraryRegion, prices, async (least, region, weights) => {
        const passing = (servers: readonly number[]): boolean =>
          (servers[1] ?? 0) >= (least[Math.min(servers[0] ?? 1, least.length) - 1] ?? 1);
        let lightest = Number.POSITIVE_INFINITY;
        const inside = everyPair(region);
        for (const servers of inside)
          if (passing(servers)) lightest = Math.min(lightest, weightOf(servers, weights));
        const found = await lightestPassing(region, weights, async (servers) => {
          expect(inside).toContainEqual([...servers]);
          return passing(servers);
        });
        if (lightest === Number.POSITIVE_INFINITY) expect(found).toBeNull();
        else expect(weightOf(found ?? [], weights)).toBeCloseTo(lightest, 6);
      }),
      { numRuns: 300 },
    );
  });

  it('ask along the shorter side', async () => {
    let questions = 0;
    // Decode servers: 3 or 4 out of many; prefill needs 40 of 60.
    const region: Region = { from: [1, 3], to: [60, 4], limits: [{ weights: [1, 1], most: 64 }] };
    const found = await lightestPassing(region, [1, 1], async ([x = 0, y = 0]) => {
      questions++;
      return x >= 40 && y >= 3;
    });
    expect(found).toEqual([40, 3]);
    expect(questions).toBeLessThan(16);
  });
});

function everyPair({ from, to, limits }: Region): number[][] {
  const pairs: number[][] = [];
  for (let x = from[0] ?? 1; x <= Math.min(to?.[0] ?? 20, 20); x++) {
    for (let y = from[1] ?? 1; y <= Math.min(to?.[1] ?? 20, 20); y++) {
      if (limits.every(({ weights, most }) => weightOf([x, y], weights) <= most)) pairs.push([x, y]);
    }
  }
  return pairs;
}
