import fc from 'fast-check';
import { expect, test } from 'vitest';
import { erlangC, mmc, mmcWaitingExceeds, mmcWaitingQuantile } from '../../src/index.ts';
import { stableQueues } from './arbitrary-queues.ts';

const share = fc.double({ min: 0, max: 0.9999, noNaN: true });

test('the tail starts at the probability of waiting and falls', () => {
  fc.assert(
    fc.property(stableQueues, share, share, (queue, a, b) => {
      expect(mmcWaitingExceeds(queue, 0)).toBeCloseTo(
        erlangC(queue.servers, queue.rate_per_s * queue.service_mean_s),
        12,
      );
      const [early, late] = [Math.min(a, b), Math.max(a, b)].map((at) => at * 10 * queue.service_mean_s);
      expect(mmcWaitingExceeds(queue, late ?? 0)).toBeLessThanOrEqual(mmcWaitingExceeds(queue, early ?? 0));
    }),
  );
});

test('the quantile undoes the tail', () => {
  fc.assert(
    fc.property(stableQueues, share, (queue, p) => {
      const waiting_s = mmcWaitingQuantile(queue, p);
      if (waiting_s > 0) expect(mmcWaitingExceeds(queue, waiting_s)).toBeCloseTo(1 - p, 9);
      else expect(mmcWaitingExceeds(queue, 0)).toBeLessThanOrEqual(1 - p);
    }),
  );
});

test('the tail integrates to the mean wait', () => {
  const queue = { rate_per_s: 18, service_mean_s: 0.1, servers: 2 };
  const step_s = 1e-3;
  let area = 0;
  for (let at_s = step_s / 2; at_s < 20; at_s += step_s) area += step_s * mmcWaitingExceeds(queue, at_s);
  expect(area).toBeCloseTo(mmc(queue).mean_waiting_s, 5);
});
