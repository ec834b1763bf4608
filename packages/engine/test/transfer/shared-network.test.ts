/** Flows on the clock: known answers, bytes conserved, and an integration by small time steps. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxMinRates, Phase, VirtualClock } from '../../src/index.ts';
import { SharedNetwork } from '../../src/transfer/shared-network.ts';
import { expectClose } from '../support/numbers.ts';

interface Transfer {
  readonly at_s: number;
  readonly bytes: number;
  readonly resources: readonly number[];
}

/** Ends by transfer, and the loads in every interval between events. */
function run(transfers: readonly Transfer[], capacities: readonly number[], most: number) {
  const clock = new VirtualClock();
  const ends_s = transfers.map(() => Number.NaN);
  const order: number[] = [];
  const moved = capacities.map(() => 0);
  const loads: Array<readonly number[]> = [];
  let last_s = 0;
  let load: readonly number[] = capacities.map(() => 0);
  const account = (): void => {
    load.forEach((bytes_per_s, resource) => {
      moved[resource] = (moved[resource] ?? 0) + bytes_per_s * (clock.now() - last_s);
    });
    last_s = clock.now();
  };
  const ended = (slot: number): void => {
    ends_s[slot] = clock.now();
    order.push(slot);
  };
  const network = new SharedNetwork(clock, capacities, most, { ended });
  const start = clock.handler((slot) => {
    const { bytes = 0, resources = [] } = transfers[slot] ?? {};
    network.join(slot, slot, bytes, resources);
  });
  transfers.forEach(({ at_s }, slot) => {
    clock.at(at_s, Phase.transfer, slot, start, slot);
  });
  while (clock.run(Number.POSITIVE_INFINITY, 1) === 1) {
    account();
    load = [...network.loads()];
    loads.push(load);
  }
  return { ends_s, order, moved, loads };
}

/** The same by the definition: rates anew in each small step. */
function integrated(
  transfers: readonly Transfer[],
  capacities: readonly number[],
  most: number,
  step_s: number,
) {
  const left = transfers.map(({ bytes }) => bytes);
  const ends_s = transfers.map(() => Number.NaN);
  for (let step = 0; ends_s.some(Number.isNaN); step++) {
    const now = step * step_s;
    const flowing = transfers.flatMap(({ at_s }, index) =>
      at_s <= now && (left[index] ?? 0) > 0 ? [index] : [],
    );
    const rates = maxMinRates(
      flowing.map((index) => transfers[index]?.resources ?? []),
      capacities,
      most,
    );
    flowing.forEach((index, flow) => {
      left[index] = (left[index] ?? 0) - (rates[flow] ?? 0) * step_s;
    });
    transfers.forEach(({ at_s }, index) => {
      if (at_s <= now && (left[index] ?? 0) <= 0 && Number.isNaN(ends_s[index])) ends_s[index] = now + step_s;
    });
  }
  return ends_s;
}

const RESOURCES = 4;
const capacities = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: RESOURCES, maxLength: RESOURCES });
const transfersFrom = (at_s: fc.Arbitrary<number>): fc.Arbitrary<Transfer[]> =>
  fc.array(
    fc.record({
      at_s,
      bytes: fc.integer({ min: 0, max: 20 }),
      resources: fc.subarray([0, 1, 2, 3], { minLength: 1 }),
    }),
    { minLength: 1, maxLength: 10 },
  );
const anyTransfers = fc.oneof(
  transfersFrom(fc.double({ min: 0, max: 5, noNaN: true })),
  transfersFrom(fc.integer({ min: 0, max: 4 })),
);
const ceiling = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constant(100));

describe('a shared network', () => {
  it('gives a transfer alone its ceiling', () => {
    expect(run([{ at_s: 3, bytes: 12, resources: [0] }], [10], 4).ends_s).toEqual([6]);
  });

  it('halves two equal transfers', () => {
    const transfer = { at_s: 0, bytes: 10, resources: [0] };
    expect(run([transfer, transfer], [10], 10).ends_s).toEqual([2, 2]);
  });

  it('slows the first from the moment the second starts, and speeds it up again', () => {
    // 10 bytes alone at 10/s until 0.5: 5 left. Both at 5/s until 1.5: the first is done; the second has 15 left.
    const staggered = [
      { at_s: 0, bytes: 10, resources: [0] },
      { at_s: 0.5, bytes: 20, resources: [0] },
    ];
    expect(run(staggered, [10], 10).ends_s).toEqual([1.5, 3]);
    const overtaken = [
      { at_s: 0, bytes: 20, resources: [0] },
      { at_s: 1, bytes: 2, resources: [0] },
    ];
    expect(run(overtaken, [10], 10).ends_s).toEqual([2.2, 1.4]);
  });

  it('lets one transfer have what another, held back elsewhere, leaves', () => {
    const transfers = [
      { at_s: 0, bytes: 9, resources: [0] },
      { at_s: 0, bytes: 1, resources: [0, 1] },
    ];
    expect(run(transfers, [10, 1], 100).ends_s).toEqual([1, 1]);
  });

  it('moves no bytes in no time, and tells of equal ends in order of id', () => {
    const transfers = [4, 0, 4, 4].map((bytes) => ({ at_s: 1, bytes, resources: [0] }));
    const { ends_s, order } = run(transfers, [12], 100);
    expect(ends_s).toEqual([2, 1, 2, 2]);
    expect(order).toEqual([1, 0, 2, 3]);
  });

  it('moves exactly the bytes of all transfers over each resource, never above its capacity', () => {
    fc.assert(
      fc.property(anyTransfers, capacities, ceiling, (transfers, speeds, most) => {
        const { ends_s, moved, loads } = run(transfers, speeds, most);
        expect(ends_s.every(Number.isFinite)).toBe(true);
        for (const load of loads)
          load.forEach((used, resource) => {
            expect(used).toBeLessThanOrEqual((speeds[resource] ?? 0) * (1 + 1e-12));
          });
        moved.forEach((bytes, resource) => {
          const sent = transfers.reduce(
            (sum, transfer) => sum + (transfer.resources.includes(resource) ? transfer.bytes : 0),
            0,
          );
          expectClose(bytes, sent, `bytes over ${resource}`);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('is never faster than the ceiling, and never slower than one transfer after another', () => {
    fc.assert(
      fc.property(anyTransfers, capacities, ceiling, (transfers, speeds, most) => {
        const { ends_s } = run(transfers, speeds, most);
        const slowest = Math.min(...speeds, most);
        const last = Math.max(...transfers.map(({ at_s }) => at_s));
        const all = transfers.reduce((sum, { bytes }) => sum + bytes, 0);
        transfers.forEach(({ at_s, bytes }, index) => {
          expect(ends_s[index]).toBeGreaterThanOrEqual(at_s + (bytes / most) * (1 - 1e-12));
        });
        expect(Math.max(...ends_s)).toBeLessThanOrEqual((last + all / slowest) * (1 + 1e-12));
      }),
      { numRuns: 300 },
    );
  });

  it('ends each transfer when an integration by small time steps does', () => {
    fc.assert(
      fc.property(
        transfersFrom(fc.integer({ min: 0, max: 4 })),
        capacities,
        ceiling,
        (transfers, speeds, most) => {
          const step_s = 1 / 1024;
          const expected = integrated(transfers, speeds, most, step_s);
          run(transfers, speeds, most).ends_s.forEach((end_s, index) => {
            // Each end comes up to a step late there, and delays what shared with it by as much at most.
            expect(Math.abs(end_s - (expected[index] ?? 0))).toBeLessThanOrEqual(
              step_s * 4 * transfers.length,
            );
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keeps to the same times far from time 0', () => {
    fc.assert(
      fc.property(anyTransfers, capacities, (transfers, speeds) => {
        const late = 2 ** 20;
        const { ends_s } = run(transfers, speeds, 5);
        const later = run(
          transfers.map((transfer) => ({ ...transfer, at_s: transfer.at_s + late })),
          speeds,
          5,
        );
        later.ends_s.forEach((end_s, index) => {
          expectClose(end_s, (ends_s[index] ?? 0) + late, `end of ${index}`, 1e-12);
        });
      }),
    );
  });
});
