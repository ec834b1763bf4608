import { describe, expect, test } from 'vitest';
import { allenCunneen, kingman, md1, mg1, mm1, mmc, mmcWaitingQuantile, tandem } from '../../src/index.ts';

const eight = { rate_per_s: 8, service_mean_s: 0.1 };
const two = { rate_per_s: 10, service_mean_s: 0.1, servers: 2 };

test('M/M/1 at load 0.8: four in the system, 3.2 of them waiting', () => {
  expect(mm1(eight).mean_waiting_s).toBeCloseTo(0.4, 12);
  expect(mm1(eight).mean_in_system).toBeCloseTo(4, 12);
  expect(mm1(eight).mean_queue_length).toBeCloseTo(3.2, 12);
});

test('M/D/1 waits half of M/M/1', () => {
  expect(md1(eight).mean_waiting_s).toBeCloseTo(0.2, 12);
});

test('M/G/1 with SCV 4 and Kingman with SCVs 3 and 1', () => {
  expect(mg1({ ...eight, service_scv: 4 }).mean_waiting_s).toBeCloseTo(1, 12);
  expect(kingman({ ...eight, arrival_scv: 3, service_scv: 1 }).mean_waiting_s).toBeCloseTo(0.8, 12);
});

test('M/M/2 at load 0.5: a third of a queued request', () => {
  expect(mmc(two).mean_queue_length).toBeCloseTo(1 / 3, 12);
  expect(mmc(two).mean_waiting_s).toBeCloseTo(1 / 30, 12);
  expect(mmcWaitingQuantile(two, 0.99)).toBeCloseTo(0.3507, 4);
  expect(allenCunneen({ ...two, arrival_scv: 1, service_scv: 0 }).mean_waiting_s).toBeCloseTo(1 / 60, 12);
});

test('two stages in tandem add up', () => {
  const stages = tandem(8, [
    { servers: 1, service_mean_s: 0.1 },
    { servers: 2, service_mean_s: 0.2 },
  ]);
  const second = mmc({ rate_per_s: 8, servers: 2, service_mean_s: 0.2 });
  expect(stages.stages).toEqual([mmc({ ...eight, servers: 1 }), second]);
  expect(stages.mean_sojourn_s).toBeCloseTo(0.5 + second.mean_sojourn_s, 12);
  expect(stages.mean_sojourn_s).toBeCloseTo(1.0555555555555556, 12);
  expect(stages.mean_in_system).toBeCloseTo(8 * stages.mean_sojourn_s, 12);
  expect(stages.mean_waiting_s).toBeCloseTo(stages.mean_sojourn_s - 0.3, 12);
});

test('nothing arrives, nothing waits', () => {
  expect(mmc({ ...two, rate_per_s: 0 })).toEqual({
    utilization: 0,
    mean_waiting_s: 0,
    mean_sojourn_s: 0.1,
    mean_queue_length: 0,
    mean_in_system: 0,
  });
});

describe('outside the domain the argument and the rule are named', () => {
  const full =
    'rate_per_s must be below servers / service_mean_s = 10 for a queue that does not grow without end, got 10';
  test.each([
    [() => mm1({ ...eight, rate_per_s: 10 }), full],
    [() => mm1({ ...eight, rate_per_s: -1 }), 'rate_per_s must be at least 0 and finite, got -1'],
    [() => md1({ ...eight, service_mean_s: 0 }), 'service_mean_s must be positive and finite, got 0'],
    [() => mg1({ ...eight, service_scv: -1 }), 'service_scv must be at least 0 and finite, got -1'],
    [
      () => kingman({ ...eight, arrival_scv: Number.NaN, service_scv: 1 }),
      'arrival_scv must be at least 0 and finite, got NaN',
    ],
    [() => mmc({ ...two, servers: 0 }), 'servers must be a whole number of at least 1, got 0'],
    [() => mmcWaitingQuantile(two, 1), 'p must lie in [0, 1), got 1'],
    [() => tandem(1, []), 'stages must hold at least one stage, got none'],
  ])('%s', (call, message) => {
    expect(call).toThrow(new RangeError(message));
  });
});
