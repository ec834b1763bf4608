/** M/M/c: Poisson arrivals, exponential service, c identical servers behind one first-come-first-served queue. */
import { exp, ln } from '@llmsim/engine';
import { requireNotNegative, stableUtilization } from './domain.ts';
import { erlangC } from './erlang.ts';
import type { PoissonArrivals } from './mm1.ts';
import { meansFromWaiting, type QueueMeans } from './queue-means.ts';

export interface MmcQueue extends PoissonArrivals {
  /** Whole number of at least 1. */
  readonly servers: number;
}

/**
 * Means of an M/M/c queue: waiting C · service / (c − a), with C from Erlang C and a the offered load.
 * L. Kleinrock, "Queueing Systems" I (1975), section 3.5.
 *
 * @throws RangeError when an argument leaves its domain or the load reaches 1.
 * @example
 * mmc({ rate_per_s: 10, service_mean_s: 0.1, servers: 2 }).mean_waiting_s; // 0.0333…
 */
export function mmc(queue: MmcQueue): QueueMeans {
  const { rate_per_s, service_mean_s } = queue;
  const { utilization, waits, drain_per_s } = delayOf(queue);
  return meansFromWaiting(utilization, rate_per_s, service_mean_s, waits / drain_per_s);
}

/**
 * The probability that a request waits longer than `waiting_s` seconds in an M/M/c queue: C · e^−(cμ − λ)t.
 * L. Kleinrock, "Queueing Systems" I (1975), section 3.5; D. Gross and others, "Fundamentals of Queueing Theory" (2008), section 2.3.
 *
 * @throws RangeError when an argument leaves its domain or the load reaches 1.
 * @example
 * mmcWaitingExceeds({ rate_per_s: 10, service_mean_s: 0.1, servers: 2 }, 0); // 0.333…
 */
export function mmcWaitingExceeds(queue: MmcQueue, waiting_s: number): number {
  requireNotNegative('waiting_s', waiting_s);
  const { waits, drain_per_s } = delayOf(queue);
  return waits * exp(-drain_per_s * waiting_s);
}

/**
 * The p-quantile of the wait in an M/M/c queue, seconds: 0 for the share of requests that need not wait, then
 * the inverse of `mmcWaitingExceeds`.
 *
 * @param p - from 0 to below 1
 * @throws RangeError when an argument leaves its domain or the load reaches 1.
 * @example
 * mmcWaitingQuantile({ rate_per_s: 10, service_mean_s: 0.1, servers: 2 }, 0.99); // 0.351 s
 */
export function mmcWaitingQuantile(queue: MmcQueue, p: number): number {
  if (!(p >= 0 && p < 1)) throw new RangeError(`p must lie in [0, 1), got ${p}`);
  const { waits, drain_per_s } = delayOf(queue);
  return waits <= 1 - p ? 0 : ln(waits / (1 - p)) / drain_per_s;
}

interface Delay {
  readonly utilization: number;
  /** Probability of having to wait. */
  readonly waits: number;
  /** Rate at which a busy pool gains on its arrivals, cμ − λ. */
  readonly drain_per_s: number;
}

function delayOf({ rate_per_s, service_mean_s, servers }: MmcQueue): Delay {
  const utilization = stableUtilization(rate_per_s, service_mean_s, servers);
  const offered_load = rate_per_s * service_mean_s;
  return {
    utilization,
    waits: erlangC(servers, offered_load),
    drain_per_s: (servers - offered_load) / service_mean_s,
  };
}
