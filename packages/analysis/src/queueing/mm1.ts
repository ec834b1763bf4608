/** M/M/1: Poisson arrivals, exponential service, one server. */
import { stableUtilization } from './domain.ts';
import { meansFromWaiting, type QueueMeans } from './queue-means.ts';

export interface PoissonArrivals {
  /** Arrivals per second, at least 0. */
  readonly rate_per_s: number;
  /** Mean service time, seconds, above 0. */
  readonly service_mean_s: number;
}

/**
 * Means of an M/M/1 queue: waiting ρ/(1 − ρ) · service. L. Kleinrock, "Queueing Systems" I (1975), section 3.2.
 *
 * @throws RangeError when an argument leaves its domain or the load reaches 1.
 * @example
 * mm1({ rate_per_s: 8, service_mean_s: 0.1 }).mean_waiting_s; // 0.4
 */
export function mm1({ rate_per_s, service_mean_s }: PoissonArrivals): QueueMeans {
  const utilization = stableUtilization(rate_per_s, service_mean_s);
  const waiting_s = (utilization / (1 - utilization)) * service_mean_s;
  return meansFromWaiting(utilization, rate_per_s, service_mean_s, waiting_s);
}
