import { constant, exponential, monolithic, tokens } from '@llmsim/engine';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateBy, inProcess, mm1, oneAtATime } from '../../src/index.ts';
import { by, factor } from './known-functions.ts';

describe('elasticities', () => {
  test('of a product of powers are its exponents', async () => {
    const exponent = fc.double({ min: -3, max: 3, noNaN: true });
    await fc.assert(
      fc.asyncProperty(exponent, exponent, async (p, q) => {
        const powers = by(([x = 1, y = 1], seed) => (1 + seed) * x ** p * y ** q);
        const { swings } = await oneAtATime([factor('x', 1, 4), factor('y', 2, 3)], [1, 2, 3], powers);
        const of = (name: string) => swings.find(({ key }) => key === name)?.elasticity;
        expect(of('x')?.mean).toBeCloseTo(p, 9);
        expect(of('y')?.mean).toBeCloseTo(q, 9);
        expect(of('x')?.half_width).toBeCloseTo(0, 9);
      }),
    );
  });

  test('of the wait in M/M/1: 1/(1 − ρ) in the rate, 1 + 1/(1 − ρ) in the service', async () => {
    const near = [factor('rate_per_s', 4.95, 5.05), factor('service_mean_s', 0.099, 0.101)];
    const wait = by(
      ([rate_per_s = 0, service_mean_s = 0]) => mm1({ rate_per_s, service_mean_s }).mean_waiting_s,
    );
    const { swings } = await oneAtATime(near, [1, 2], wait);
    const [service, rate] = swings;
    expect(service?.key).toBe('service_mean_s');
    expect(service?.elasticity?.mean).toBeCloseTo(3, 2);
    expect(rate?.elasticity?.mean).toBeCloseTo(2, 2);
  });

  test('of a simulated M/M/1 hold those of theory in their intervals', async () => {
    const runner = inProcess(({ rate_per_s, seed }: { rate_per_s: number; seed: number }) => ({
      seed,
      sim_seconds: 20_000,
      warmup_seconds: 500,
      workload: {
        kind: 'generated' as const,
        interarrival_s: exponential(rate_per_s),
        prompt_tokens: tokens(exponential(1e-6)),
        output_tokens: constant(1),
      },
      architecture: monolithic({ num_gpus: 1, prefill_tokens_per_s: 1e6, decode_tokens_per_s: 1e12 }),
      quantiles: 'histogram' as const,
    }));
    const evaluate = evaluateBy(
      runner,
      ({ point: [rate_per_s = 0], seed }) => ({ rate_per_s, seed }),
      ({ pools }) => pools[0]?.waiting_s.mean ?? null,
    );
    const { swings, seeds } = await oneAtATime(
      [factor('rate_per_s', 0.45, 0.55)],
      [1, 2, 3, 4, 5, 6],
      evaluate,
      0.999,
    );
    const wait = (rate_per_s: number) => mm1({ rate_per_s, service_mean_s: 1 }).mean_waiting_s;
    const theory = Math.log(wait(0.55) / wait(0.45)) / Math.log(0.55 / 0.45);
    expect(seeds).toHaveLength(6);
    expect(swings[0]?.elasticity?.low).toBeLessThan(theory);
    expect(swings[0]?.elasticity?.high).toBeGreaterThan(theory);
    // On common random numbers six short runs know it to a tenth.
    expect(swings[0]?.elasticity?.half_width).toBeLessThan(0.4);
  });
});

test('the largest swing comes first, with its effects against the base on the same seeds', async () => {
  const noisy = by(([x = 0, y = 0], seed) => x + 10 * y + seed * seed);
  const { base, swings } = await oneAtATime([factor('x', 0, 2), factor('y', 0, 2)], [1, 2, 3], noisy);
  expect(base?.mean).toBeCloseTo(11 + 14 / 3, 9);
  expect(swings.map(({ key }) => key)).toEqual(['y', 'x']);
  expect(swings[0]?.low_effect?.interval).toMatchObject({ mean: -10, half_width: 0 });
  expect(swings[0]?.high_effect?.interval).toMatchObject({ mean: 10, half_width: 0 });
});

test('a point without a number leaves the others theirs; seeds that are not complete do not count', async () => {
  const holes = by(([x = 0, y = 0], seed) => (y === 2 || seed === 3 ? null : 1 + x + seed));
  const { swings, seeds } = await oneAtATime([factor('x', 0, 2), factor('y', 0, 2)], [1, 2, 3], holes);
  expect(seeds).toEqual([1, 2]);
  const [x, y] = swings;
  expect(x?.at_high?.mean).toBe(4.5);
  expect(y?.at_high).toBeNull();
  expect(y?.elasticity).toBeNull();
  expect(y?.at_low?.mean).toBe(3.5);
});

test('refuses what cannot be', async () => {
  const any = by(() => 1);
  await expect(oneAtATime([factor('x', 2, 1)], [1, 2], any)).rejects.toThrow(
    'x: low must be below high and both finite, got 2 and 1',
  );
  await expect(oneAtATime([factor('x', 1, 2, 3)], [1, 2], any)).rejects.toThrow(
    'x: base must lie in [1, 2], got 3',
  );
  await expect(oneAtATime([factor('x', 1, 2)], [1], any)).rejects.toThrow(
    'seeds must hold at least 2 seeds, got 1',
  );
});
