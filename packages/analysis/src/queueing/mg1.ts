/**
 * M/G/1 and its special case M/D/1: Poisson arrivals, one server, any service law.
 * Of the law it knows the mean and the squared coefficient of variation, variance / mean².
 */
import { requireNotNegative, stableUtilization } from './domain.ts';
import type { PoissonArrivals } from './mm1.ts';
import { meansFromWaiting, type QueueMeans } from './queue-means.ts';

export interface Mg1Queue extends PoissonArrivals {
  /** Squared coefficient of variation of the service time: 0 constant, 1 exponential. */
  readonly service_scv: number;
}

/**
 * Means of an M/G/1 queue by the Pollaczek–Khinchine formula: waiting ρ/(1 − ρ) · (1 + SCV)/2 · service.
 * L. Kleinrock, "Queueing Systems" I (1975), section 5.6.
 *
 * @throws RangeError when an argument leaves its domain or the load reaches 1.
 * @example
 * mg1({ rate_per_s: 8, service_mean_s: 0.1, service_scv: 4 }).mean_waiting_s; // 1
 */
export function mg1({ rate_per_s, service_mean_s, service_scv }: Mg1Queue): QueueMeans {
  const utilization = stableUtilization(rate_per_s, service_mean_s);
  requireNotNegative('service_scv', service_scv);
  const waiting_s = (utilization / (1 - utilization)) * ((1 + service_scv) / 2) * service_mean_s;
  return meansFromWaiting(utilization, rate_per_s, service_mean_s, waiting_s);
}

/**
 * Means of an M/D/1 queue, where every service takes the same time: waiting ρ/(2(1 − ρ)) · service.
 * D. Gross and others, "Fundamentals of Queueing Theory" (2008), section 5.1.
 *
 * @throws RangeError when an argument leaves its domain or the load reaches 1.
 * @example
 * md1({ rate_per_s: 8, service_mean_s: 0.1 }).mean_waiting_s; // 0.2
 */
export function md1({ rate_per_s, service_mean_s }: PoissonArrivals): QueueMeans {
  const utilization = stableUtilization(rate_per_s, service_mean_s);
  const waiting_s = (utilization / (2 * (1 - utilization))) * service_mean_s;
  return meansFromWaiting(utilization, rate_per_s, service_mean_s, waiting_s);
}
