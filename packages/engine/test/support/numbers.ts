/** Closeness and naive statistics, written the plain way so that they can judge the engine's. */
import { expect } from 'vitest';

/** Within `tolerance` absolutely or of the expected value, whichever is larger. */
export function expectClose(actual: number | null, expected: number, what: string, tolerance = 1e-9): void {
  const off = Math.abs((actual ?? Number.NaN) - expected);
  if (off <= tolerance * Math.max(1, Math.abs(expected))) return;
  expect.fail(`${what}: ${actual} against ${expected}`);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** numpy.percentile with its default, linear interpolation. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (sorted.length - 1) * p;
  const low = sorted[Math.floor(rank)] ?? Number.NaN;
  const high = sorted[Math.ceil(rank)] ?? Number.NaN;
  return low + (rank - Math.floor(rank)) * (high - low);
}

/** Population standard deviation, in two passes. */
export function deviation(values: readonly number[]): number {
  const center = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - center) ** 2)));
}
