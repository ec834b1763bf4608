import { describe, expect, test } from 'vitest';
import { morris } from '../../src/index.ts';
import { by, factor, ishigami, ishigamiFactors } from './known-functions.ts';

const factors = ['a', 'b', 'c'].map((key) => factor(key, 0, 2));

test('of a linear function every effect is its slope times its range', async () => {
  const linear = by(([a = 0, b = 0, c = 0]) => 3 * a - 5 * b + 0 * c);
  const { effects, trajectories } = await morris(factors, { trajectories: 10, seed: 1 }, linear);
  expect(trajectories).toBe(10);
  const [first, second, third] = effects;
  expect(first).toMatchObject({ key: 'b' });
  expect(first?.mu).toBeCloseTo(-10, 9);
  expect(first?.mu_star.estimate).toBeCloseTo(10, 9);
  expect(first?.sigma).toBeCloseTo(0, 9);
  expect(second?.mu).toBeCloseTo(6, 9);
  expect(third?.mu_star.estimate).toBeCloseTo(0, 9);
});

test('effects that depend on others spread', async () => {
  const product = by(([a = 0, b = 0]) => a * b);
  const { effects } = await morris(factors.slice(0, 2), { trajectories: 40, seed: 1 }, product);
  // The effect of a is 2b, and b takes the levels 0, 2/3, 4/3 and 2.
  for (const { mu, sigma } of effects) {
    expect(mu).toBeGreaterThan(1.4);
    expect(mu).toBeLessThan(2.6);
    expect(sigma).toBeGreaterThan(1);
  }
});

describe('the Ishigami function', () => {
  test('has x2 that works through its square alone, and x3 that only interacts', async () => {
    const { effects } = await morris(ishigamiFactors, { trajectories: 200, seed: 4 }, by(ishigami));
    const of = (name: string) => effects.find(({ key }) => key === name);
    // With four levels sin²(x2) takes 0 and 3/4: a step of 2/3 of the range changes 7 sin² by 21/4, so μ* is 63/8.
    expect(of('x2')?.mu_star.estimate).toBeCloseTo(63 / 8, 6);
    // From −π to π/3 or from −π/3 to π it moves sin(x1) by √3/2 times 1 + x3⁴/10, so μ* is 1.3 (1 + 0.1 E x3⁴).
    const fourth = (Math.PI ** 4 + (Math.PI / 3) ** 4) / 2;
    expect(of('x1')?.mu_star.estimate).toBeCloseTo(1.5 * (Math.sqrt(3) / 2) * (1 + 0.1 * fourth), -0.5);
    expect(Math.abs(of('x3')?.mu ?? 9)).toBeLessThan(2);
    expect(of('x3')?.sigma).toBeGreaterThan(5);
  });
});

test('the same seed walks the same way, and incomplete walks do not count', async () => {
  const smooth = by(([a = 0, b = 0, c = 0], seed) => (seed === 12 ? null : a + b * c));
  const once = await morris(factors, { trajectories: 5, seed: 10 }, smooth);
  expect(once.trajectories).toBe(4);
  expect(await morris(factors, { trajectories: 5, seed: 10 }, smooth)).toEqual(once);
  await expect(morris(factors, { trajectories: 1, seed: 0 }, smooth)).rejects.toThrow(
    'trajectories must be a whole number of at least 2, got 1',
  );
});
