/** Functions whose sensitivities are known in closed form, as evaluations. */
import type { Evaluate, Factor } from '../../src/index.ts';

/** An evaluation that runs nothing. */
export function by(of: (point: readonly number[], seed: number) => number | null): Evaluate {
  return async (points) => ({
    values: points.map(({ point, seed }) => of(point, seed)),
    failed: [],
    finished: true,
  });
}

export function factor(key: string, low: number, high: number, base: number = (low + high) / 2): Factor {
  return { key, low, high, base, whole: false };
}

export const ishigamiFactors: readonly Factor[] = ['x1', 'x2', 'x3'].map((key) =>
  factor(key, -Math.PI, Math.PI),
);

const [A, B] = [7, 0.1];

/** T. Ishigami and T. Homma, "An importance quantification technique in uncertainty analysis" (1990). */
export function ishigami([x1 = 0, x2 = 0, x3 = 0]: readonly number[]): number {
  return Math.sin(x1) + A * Math.sin(x2) ** 2 + B * x3 ** 4 * Math.sin(x1);
}

const [V1, V2] = [0.5 * (1 + (B * Math.PI ** 4) / 5) ** 2, A ** 2 / 8];
const V13 = B ** 2 * Math.PI ** 8 * (1 / 18 - 1 / 50);
export const ishigamiVariance: number = V1 + V2 + V13;

/** First-order and total indices, in closed form. */
export const ishigamiIndices: Readonly<Record<string, readonly [first: number, total: number]>> = {
  x1: [V1 / ishigamiVariance, (V1 + V13) / ishigamiVariance],
  x2: [V2 / ishigamiVariance, V2 / ishigamiVariance],
  x3: [0, V13 / ishigamiVariance],
};
