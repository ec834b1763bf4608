/**
 * Queues in series with exponential service: what leaves one enters the next.
 * Knows nothing of limited buffers and of service times that depend on one another.
 */
import { type MmcQueue, mmc } from './mmc.ts';
import type { QueueMeans } from './queue-means.ts';

export type TandemStage = Omit<MmcQueue, 'rate_per_s'>;

export interface TandemMeans {
  /** In the order of the stages. */
  readonly stages: readonly QueueMeans[];
  /** Waiting in all stages, seconds. */
  readonly mean_waiting_s: number;
  /** From arrival at the first stage to the end of service at the last, seconds. */
  readonly mean_sojourn_s: number;
  /** Time average of the number waiting or in service in all stages. */
  readonly mean_in_system: number;
}

/**
 * Means of M/M/c queues in tandem. By Burke's theorem what leaves an M/M/c queue is again Poisson at the same rate, so
 * each stage is an M/M/c queue of its own. P. J. Burke, "The output of a queuing system", Operations Research 4 (1956).
 *
 * @param rate_per_s - Poisson arrivals at the first stage, per second
 * @throws RangeError when there is no stage, an argument leaves its domain, or the load of a stage reaches 1.
 * @example
 * tandem(8, [
 *   { servers: 1, service_mean_s: 0.1 },
 *   { servers: 2, service_mean_s: 0.2 },
 * ]).mean_sojourn_s; // 1.0555…
 */
export function tandem(rate_per_s: number, stages: readonly TandemStage[]): TandemMeans {
  if (stages.length === 0) throw new RangeError('stages must hold at least one stage, got none');
  const means = stages.map((stage) => mmc({ ...stage, rate_per_s }));
  const total = (of: (stage: QueueMeans) => number): number =>
    means.reduce((sum, stage) => sum + of(stage), 0);
  return {
    stages: means,
    mean_waiting_s: total((stage) => stage.mean_waiting_s),
    mean_sojourn_s: total((stage) => stage.mean_sojourn_s),
    mean_in_system: total((stage) => stage.mean_in_system),
  };
}
