import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allenCunneen, kingman, md1, mg1, mm1, mmc, type QueueMeans } from '../../src/index.ts';
import { stableQueues, stableSingleServers } from './arbitrary-queues.ts';

/** What rounding may change, down to numbers too small to be told from 0. */
function rounding(value: number): number {
  return 1e-9 * value + 1e-300;
}

function expectSame(found: QueueMeans, wanted: QueueMeans): void {
  for (const key of [
    'utilization',
    'mean_waiting_s',
    'mean_sojourn_s',
    'mean_queue_length',
    'mean_in_system',
  ] as const) {
    expect(Math.abs(found[key] - wanted[key])).toBeLessThanOrEqual(rounding(wanted[key]));
  }
}

describe('one closed form is the limit of another', () => {
  test('M/M/c with one server is M/M/1', () => {
    fc.assert(fc.property(stableSingleServers, (queue) => expectSame(mmc(queue), mm1(queue))));
  });

  test('M/G/1 with SCV 1 is M/M/1, with SCV 0 is M/D/1', () => {
    fc.assert(
      fc.property(stableSingleServers, (queue) => {
        expectSame(mg1({ ...queue, service_scv: 1 }), mm1(queue));
        expectSame(mg1({ ...queue, service_scv: 0 }), md1(queue));
      }),
    );
  });

  test('Kingman is exact for M/G/1', () => {
    fc.assert(
      fc.property(stableSingleServers, (queue) =>
        expectSame(kingman({ ...queue, arrival_scv: 1 }), mg1(queue)),
      ),
    );
  });

  test('Allen–Cunneen is exact for M/M/c, and Kingman with one server', () => {
    fc.assert(
      fc.property(stableQueues, stableSingleServers, (many, one) => {
        expectSame(allenCunneen({ ...many, arrival_scv: 1, service_scv: 1 }), mmc(many));
        expectSame(allenCunneen(one), kingman(one));
      }),
    );
  });
});

describe('laws', () => {
  test("Little's law holds for the queue and for the system, and the system is the queue and the busy servers", () => {
    fc.assert(
      fc.property(stableQueues, (queue) => {
        const means = allenCunneen(queue);
        expect(means.mean_queue_length).toBeCloseTo(queue.rate_per_s * means.mean_waiting_s, 9);
        const inService = means.mean_in_system - means.mean_queue_length;
        expect(inService / queue.servers).toBeCloseTo(means.utilization, 6);
      }),
    );
  });

  test('waiting grows with the rate and with either variability, and falls with a server', () => {
    fc.assert(
      fc.property(stableQueues, (queue) => {
        const { mean_waiting_s } = allenCunneen(queue);
        expect(
          allenCunneen({ ...queue, rate_per_s: queue.rate_per_s * 0.9 }).mean_waiting_s,
        ).toBeLessThanOrEqual(mean_waiting_s);
        expect(
          allenCunneen({ ...queue, arrival_scv: queue.arrival_scv + 1 }).mean_waiting_s,
        ).toBeGreaterThanOrEqual(mean_waiting_s);
        expect(
          allenCunneen({ ...queue, service_scv: queue.service_scv + 1 }).mean_waiting_s,
        ).toBeGreaterThanOrEqual(mean_waiting_s);
        expect(allenCunneen({ ...queue, servers: queue.servers + 1 }).mean_waiting_s).toBeLessThanOrEqual(
          mean_waiting_s,
        );
      }),
    );
  });

  test('one pool waits less than the same servers with a queue each', () => {
    fc.assert(
      fc.property(stableQueues, (queue) => {
        const apart = mm1({ ...queue, rate_per_s: queue.rate_per_s / queue.servers });
        expect(mmc(queue).mean_waiting_s).toBeLessThanOrEqual(
          apart.mean_waiting_s + rounding(apart.mean_waiting_s),
        );
      }),
    );
  });

  test('time has no unit of its own: a thousand times slower waits a thousand times longer', () => {
    fc.assert(
      fc.property(stableQueues, (queue) => {
        const slow = {
          ...queue,
          rate_per_s: queue.rate_per_s / 1000,
          service_mean_s: queue.service_mean_s * 1000,
        };
        const waiting_s = 1000 * mmc(queue).mean_waiting_s;
        expect(Math.abs(mmc(slow).mean_waiting_s - waiting_s)).toBeLessThanOrEqual(rounding(waiting_s));
      }),
    );
  });
});
