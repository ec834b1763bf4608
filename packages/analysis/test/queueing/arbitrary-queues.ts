/** Stable queues for property tests. */
import fc from 'fast-check';
import type { GgcQueue } from '../../src/index.ts';

const scv = fc.double({ min: 0, max: 50, noNaN: true });

/** A load from 0 to 0.999 at up to 200 servers. */
export const stableQueues: fc.Arbitrary<GgcQueue> = fc
  .record({
    servers: fc.integer({ min: 1, max: 200 }),
    service_mean_s: fc.double({ min: 1e-4, max: 1e4, noNaN: true }),
    load: fc.double({ min: 0, max: 0.999, noNaN: true }),
    arrival_scv: scv,
    service_scv: scv,
  })
  .map(({ load, ...queue }) => ({ ...queue, rate_per_s: (load * queue.servers) / queue.service_mean_s }));

/** The same with one server. */
export const stableSingleServers: fc.Arbitrary<GgcQueue> = stableQueues.map(
  ({ rate_per_s, servers, ...queue }) => ({
    ...queue,
    servers: 1,
    rate_per_s: rate_per_s / servers,
  }),
);
