/**
 * Independent replications: the same plan run once for each seed, and the interval of what is read off the reports.
 * Knows no metric by name.
 */
import { type SimulationPlan, type SimulationReport, simulate } from '@llmsim/engine';
import { type MeanInterval, meanInterval } from './mean-interval.ts';

/** Takes one number from a report; null where the run has none. */
export type Reading = (report: SimulationReport) => number | null;

export interface Replication {
  /** What was read, in the order of the seeds. */
  readonly values: readonly number[];
  readonly interval: MeanInterval;
}

/**
 * Runs a plan once for each seed; nothing else differs between the runs.
 *
 * @throws RangeError when a seed is given twice, which would make the runs look more alike than they are.
 * @example
 * const reports = replications(plan, [1, 2, 3, 4, 5]);
 * const ttft = readInterval(reports, (report) => report.ttft_s.mean);
 * const goodput = readInterval(reports, (report) => report.slo?.goodput_rps ?? null);
 */
export function replications(plan: SimulationPlan, seeds: readonly (number | string)[]): SimulationReport[] {
  requireDistinct(seeds);
  return seeds.map((seed) => simulate({ ...plan, seed, keep_requests: false }).report);
}

/**
 * The interval of one reading over the reports of independent runs.
 *
 * @throws RangeError when there are fewer than two reports, or one of them gives no number.
 * @example
 * readInterval(replications(plan, [1, 2, 3]), (report) => report.throughput_rps).half_width; // requests per second
 */
export function readInterval(
  reports: readonly SimulationReport[],
  read: Reading,
  level = 0.95,
): MeanInterval {
  return meanInterval(readAll(reports, read), level);
}

/**
 * Runs a plan once for each seed and gives the interval of one reading.
 *
 * @throws RangeError when there are fewer than two seeds, a seed is given twice, or a run gives no number.
 * @example
 * replicate(plan, [1, 2, 3, 4, 5], (report) => report.ttft_s.p99).interval; // seconds
 */
export function replicate(
  plan: SimulationPlan,
  seeds: readonly (number | string)[],
  read: Reading,
  level = 0.95,
): Replication {
  if (seeds.length < 2) throw new RangeError(`seeds must hold at least 2 seeds, got ${seeds.length}`);
  const values = readAll(replications(plan, seeds), read);
  return { values, interval: meanInterval(values, level) };
}

function readAll(reports: readonly SimulationReport[], read: Reading): number[] {
  return reports.map((report) => {
    const value = read(report);
    if (value === null || !Number.isFinite(value)) {
      throw new RangeError(
        `read must give a finite number for every run, got ${value} for seed ${report.seed}`,
      );
    }
    return value;
  });
}

/** Substreams are named by the seed's text: 1 and '1' are one seed. */
function requireDistinct(seeds: readonly (number | string)[]): void {
  const seen = new Set<string>();
  for (const seed of seeds) {
    if (seen.has(String(seed))) throw new RangeError(`seeds must differ, got ${seed} twice`);
    seen.add(String(seed));
  }
}
