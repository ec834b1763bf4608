import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { erlangB, erlangC } from '../../src/index.ts';

describe('Erlang B', () => {
  // Offered loads of the classic table at 1 % blocking.
  test.each([
    [5, 1.36],
    [10, 4.46],
    [20, 12.03],
    [50, 37.9],
    [100, 84.06],
  ])('%i servers take %f erlangs at 1 %% blocking', (servers, offered_load) => {
    expect(erlangB(servers, offered_load)).toBeCloseTo(0.01, 4);
  });

  test.each([
    [1, 0.5, 1 / 3],
    [2, 1, 1 / 5],
    [5, 3, 0.11005434782608696],
  ])('%i servers, %f erlangs: a^c/c! over its partial sums', (servers, offered_load, blocked) => {
    expect(erlangB(servers, offered_load)).toBeCloseTo(blocked, 14);
  });

  // e^−a a^c/c! over Γ(c + 1, a)/Γ(c + 1), in 40 digits.
  test.each([
    [1_000, 950, 0.00364929368894241],
    [10_000, 9_900, 0.002858126738856586],
    [100_000, 99_000, 8.225775598504222e-6],
  ])('stays exact for %i servers', (servers, offered_load, blocked) => {
    expect(erlangB(servers, offered_load) / blocked).toBeCloseTo(1, 12);
  });

  test('nobody is blocked without load, and nearly everybody far above it', () => {
    expect(erlangB(3, 0)).toBe(0);
    expect(erlangB(10, 1e6)).toBeCloseTo(1, 4);
  });
});

describe('Erlang C', () => {
  test.each([
    [1, 0.5, 0.5],
    [2, 1, 1 / 3],
    [10, 8, 0.40918015079644354],
    [20, 12, 0.024134479561102984],
  ])('%i servers, %f erlangs', (servers, offered_load, waits) => {
    expect(erlangC(servers, offered_load)).toBeCloseTo(waits, 12);
  });

  test('is a probability, not below Erlang B, and falls with every server', () => {
    const cases = fc.record({
      servers: fc.integer({ min: 1, max: 500 }),
      load: fc.double({ min: 0, max: 0.999, noNaN: true }),
    });
    fc.assert(
      fc.property(cases, ({ servers, load }) => {
        const offered_load = servers * load;
        const waits = erlangC(servers, offered_load);
        expect(waits).toBeGreaterThanOrEqual(erlangB(servers, offered_load));
        expect(waits).toBeLessThanOrEqual(1);
        expect(erlangC(servers + 1, offered_load)).toBeLessThanOrEqual(waits);
      }),
    );
  });
});

describe('outside the domain', () => {
  test.each([
    [() => erlangB(0, 1), 'servers must be a whole number of at least 1, got 0'],
    [() => erlangB(1.5, 1), 'servers must be a whole number of at least 1, got 1.5'],
    [() => erlangB(2, -1), 'offered_load must be at least 0 and finite, got -1'],
    [() => erlangB(2, Number.NaN), 'offered_load must be at least 0 and finite, got NaN'],
    [() => erlangC(2, 2), 'offered_load must be below servers = 2, got 2'],
  ])('%s', (call, message) => {
    expect(call).toThrow(new RangeError(message));
  });
});
