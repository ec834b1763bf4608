/**
 * Closed forms of queueing theory, and the interval that independent replications put around a mean.
 * Formulas: Gross, Shortle, Thompson and Harris, Fundamentals of Queueing Theory, 4th ed., chapters 2, 3 and 5.
 */
import { expect } from 'vitest';
import { mean, sum } from './numbers.ts';

/** Erlang's C: the probability that an arrival waits in M/M/c with offered load a = λ/μ. */
export function erlangC(c: number, a: number): number {
  let blocked = 1;
  for (let k = 1; k <= c; k++) blocked = (a * blocked) / (k + a * blocked);
  return (c * blocked) / (c - a * (1 - blocked));
}

/** Mean wait in M/M/c, seconds. */
export function mmcWait(c: number, lambda: number, mu: number): number {
  return erlangC(c, lambda / mu) / (c * mu - lambda);
}

/** Mean wait in M/G/1 (Pollaczek and Khinchine), seconds, from the first two moments of service. */
export function mg1Wait(lambda: number, service: number, serviceSquared: number): number {
  return (lambda * serviceSquared) / (2 * (1 - lambda * service));
}

export const REPLICATIONS = 20;
/** Student's t with 19 degrees of freedom: 99.9 % of it lies within. */
const T_999 = 3.8834;

/** Expects the 99.9 % interval over independent replications to hold the theoretical value, and to be narrow. */
export function expectTheory(values: readonly number[], theory: number, what: string): void {
  expect(values).toHaveLength(REPLICATIONS);
  const center = mean(values);
  const variance = sum(values.map((value) => (value - center) ** 2)) / (REPLICATIONS - 1);
  const halfWidth = T_999 * Math.sqrt(variance / REPLICATIONS);
  expect(Math.abs(center - theory), `${what}: ${center} ± ${halfWidth} against ${theory}`).toBeLessThan(
    halfWidth,
  );
  // An interval that holds everything proves nothing.
  expect(halfWidth / theory, `${what}: half width`).toBeLessThan(0.1);
}
