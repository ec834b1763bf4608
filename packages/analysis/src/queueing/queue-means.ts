/**
 * The long-run means of one queue, and how all follow from the mean wait.
 * Knows no arrival process and no service law.
 */

/** A queue with one waiting line. */
export interface QueueMeans {
  /** Share of time a server is busy, from 0 to below 1. */
  readonly utilization: number;
  /** From arrival to the start of service, seconds. */
  readonly mean_waiting_s: number;
  /** From arrival to the end of service, seconds. */
  readonly mean_sojourn_s: number;
  /** Time average of the number waiting. */
  readonly mean_queue_length: number;
  /** Time average of the number waiting or in service. */
  readonly mean_in_system: number;
}

/**
 * Completes a mean wait by Little's law, L = λW: J. D. C. Little, "A proof for the queuing formula L = λW",
 * Operations Research 9 (1961).
 */
export function meansFromWaiting(
  utilization: number,
  rate_per_s: number,
  service_mean_s: number,
  mean_waiting_s: number,
): QueueMeans {
  const mean_sojourn_s = mean_waiting_s + service_mean_s;
  return {
    utilization,
    mean_waiting_s,
    mean_sojourn_s,
    mean_queue_length: rate_per_s * mean_waiting_s,
    mean_in_system: rate_per_s * mean_sojourn_s,
  };
}
