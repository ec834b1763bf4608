/**
 * Approximations for queues whose arrivals and services follow any law.
 * Of both laws they know the mean and the squared coefficient of variation; gaps are taken as independent, so bursts
 * that last longer than a gap make the real wait longer than these say.
 */
import { requireNotNegative, stableUtilization } from './domain.ts';
import { erlangC } from './erlang.ts';
import type { Mg1Queue } from './mg1.ts';
import { meansFromWaiting, type QueueMeans } from './queue-means.ts';

export interface Gg1Queue extends Mg1Queue {
  /** Squared coefficient of variation of the gaps between arrivals: 0 regular, 1 Poisson. */
  readonly arrival_scv: number;
}

export interface GgcQueue extends Gg1Queue {
  /** Whole number of at least 1. */
  readonly servers: number;
}

/**
 * Means of a G/G/1 queue by Kingman's approximation: waiting ρ/(1 − ρ) · (SCV of gaps + SCV of service)/2 · service.
 * Exact for M/G/1, and in heavy traffic for all laws. J. F. C. Kingman, "The single server queue in heavy traffic",
 * Mathematical Proceedings of the Cambridge Philosophical Society 57 (1961).
 *
 * @throws RangeError when an argument leaves its domain or the load reaches 1.
 * @example
 * kingman({ rate_per_s: 8, service_mean_s: 0.1, arrival_scv: 3, service_scv: 1 }).mean_waiting_s; // 0.8
 */
export function kingman({ rate_per_s, service_mean_s, arrival_scv, service_scv }: Gg1Queue): QueueMeans {
  const utilization = stableUtilization(rate_per_s, service_mean_s);
  const waiting_s =
    (utilization / (1 - utilization)) * variability(arrival_scv, service_scv) * service_mean_s;
  return meansFromWaiting(utilization, rate_per_s, service_mean_s, waiting_s);
}

/**
 * Means of a G/G/c queue by the Allen–Cunneen approximation: the M/M/c wait times (SCV of gaps + SCV of service)/2.
 * Exact for M/M/c and M/G/1. A. O. Allen, "Probability, Statistics, and Queueing Theory" (1990), section 5.3.
 *
 * @throws RangeError when an argument leaves its domain or the load reaches 1.
 * @example
 * allenCunneen({ rate_per_s: 10, service_mean_s: 0.1, servers: 2, arrival_scv: 1, service_scv: 0 }).mean_waiting_s; // 0.0166…
 */
export function allenCunneen(queue: GgcQueue): QueueMeans {
  const { rate_per_s, service_mean_s, servers, arrival_scv, service_scv } = queue;
  const utilization = stableUtilization(rate_per_s, service_mean_s, servers);
  const offered_load = rate_per_s * service_mean_s;
  const waiting_s =
    (erlangC(servers, offered_load) / (servers - offered_load)) *
    variability(arrival_scv, service_scv) *
    service_mean_s;
  return meansFromWaiting(utilization, rate_per_s, service_mean_s, waiting_s);
}

function variability(arrival_scv: number, service_scv: number): number {
  requireNotNegative('arrival_scv', arrival_scv);
  requireNotNegative('service_scv', service_scv);
  return (arrival_scv + service_scv) / 2;
}
