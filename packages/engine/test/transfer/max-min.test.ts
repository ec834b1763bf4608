/** Max–min fairness: the property that defines it, capacities, order, and a filling by small drops. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxMinRates } from '../../src/index.ts';

interface Network {
  readonly crossings: readonly number[][];
  readonly capacities: readonly number[];
  readonly most: number;
}

const speed = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.double({ min: 0.5, max: 12, noNaN: true }));

const network: fc.Arbitrary<Network> = fc.array(speed, { minLength: 1, maxLength: 6 }).chain((capacities) =>
  fc.record({
    capacities: fc.constant(capacities),
    crossings: fc.array(fc.subarray([...capacities.keys()], { minLength: 1 }), {
      minLength: 1,
      maxLength: 14,
    }),
    most: fc.oneof(speed, fc.constant(Number.POSITIVE_INFINITY)),
  }),
);

function loadOf(resource: number, { crossings }: Network, rates: Float64Array): number {
  return crossings.reduce(
    (sum, crossed, flow) => sum + (crossed.includes(resource) ? (rates[flow] ?? 0) : 0),
    0,
  );
}

/** Raises all rates drop by drop; a flow stops when a resource it crosses has no drop left. */
function byDrops({ crossings, capacities, most }: Network, drop: number): number[] {
  const rates = crossings.map(() => 0);
  const left = [...capacities];
  const rising = new Set(crossings.keys());
  while (rising.size > 0) {
    for (const flow of [...rising]) {
      const crossed = crossings[flow] ?? [];
      if (crossed.some((resource) => (left[resource] ?? 0) < drop) || (rates[flow] ?? 0) + drop > most) {
        rising.delete(flow);
        continue;
      }
      rates[flow] = (rates[flow] ?? 0) + drop;
      for (const resource of crossed) left[resource] = (left[resource] ?? 0) - drop;
    }
  }
  return rates;
}

describe('max–min fair rates', () => {
  it('hold every flow back only by its ceiling, or by a full resource in which nobody has more', () => {
    fc.assert(
      fc.property(network, (given) => {
        const { crossings, capacities, most } = given;
        const rates = maxMinRates(crossings, capacities, most);
        for (const [flow, crossed] of crossings.entries()) {
          const rate = rates[flow] ?? 0;
          expect(rate).toBeGreaterThan(0);
          const heldBack = crossed.some((resource) => {
            const full = loadOf(resource, given, rates) >= (capacities[resource] ?? 0) * (1 - 1e-9);
            const others = crossings.flatMap((other, index) =>
              other.includes(resource) ? [rates[index] ?? 0] : [],
            );
            return full && rate >= Math.max(...others) * (1 - 1e-9);
          });
          expect(rate === most || heldBack, `flow ${flow} at ${rate}`).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('never fill a resource over its capacity, nor a flow over its ceiling', () => {
    fc.assert(
      fc.property(network, (given) => {
        const rates = maxMinRates(given.crossings, given.capacities, given.most);
        for (const [resource, capacity] of given.capacities.entries())
          expect(loadOf(resource, given, rates)).toBeLessThanOrEqual(capacity * (1 + 1e-12));
        for (const rate of rates) expect(rate).toBeLessThanOrEqual(given.most);
      }),
      { numRuns: 1000 },
    );
  });

  it('do not depend on the order of the flows, to the last bit', () => {
    const shuffled = network.chain((given) =>
      fc.tuple(
        fc.constant(given),
        fc.shuffledSubarray([...given.crossings.keys()], { minLength: given.crossings.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([{ crossings, capacities, most }, order]) => {
        const rates = maxMinRates(crossings, capacities, most);
        const reordered = maxMinRates(
          order.map((flow) => crossings[flow] ?? []),
          capacities,
          most,
        );
        expect([...reordered]).toEqual(order.map((flow) => rates[flow]));
      }),
      { numRuns: 500 },
    );
  });

  it('are what a filling by small drops comes to', () => {
    fc.assert(
      fc.property(network, (given) => {
        const drop = 0.002;
        const rates = maxMinRates(given.crossings, given.capacities, given.most);
        for (const [flow, expected] of byDrops(given, drop).entries()) {
          const slack = drop * 4 * given.crossings.length;
          expect(Math.abs((rates[flow] ?? 0) - expected), `flow ${flow}`).toBeLessThanOrEqual(slack);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('scale with the capacities', () => {
    fc.assert(
      fc.property(network, ({ crossings, capacities, most }) => {
        const twice = maxMinRates(
          crossings,
          capacities.map((capacity) => 2 * capacity),
          2 * most,
        );
        expect([...twice]).toEqual([...maxMinRates(crossings, capacities, most)].map((rate) => 2 * rate));
      }),
    );
  });

  it('match the example of the textbook: three links in a row, one flow over all', () => {
    const rates = maxMinRates([[0, 1, 2], [0], [1], [1], [2]], [1, 1, 2], Number.POSITIVE_INFINITY);
    [1 / 3, 2 / 3, 1 / 3, 1 / 3, 5 / 3].forEach((expected, flow) => {
      expect(rates[flow]).toBeCloseTo(expected, 12);
    });
  });

  it('are nothing for nobody, and the ceiling where nothing is crossed', () => {
    expect([...maxMinRates([], [1], 1)]).toEqual([]);
    expect([...maxMinRates([[]], [1], 7)]).toEqual([7]);
  });
});
