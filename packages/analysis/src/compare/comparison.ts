/**
 * Options side by side from their reports: each with intervals, and its paired difference from the first.
 * Knows no runner: the i-th reports of all options share their seed.
 */
import type { Outcomes, SimulationReport } from '@llmsim/engine';
import { type MeanInterval, meanInterval } from '../interval/mean-interval.ts';
import { type PairedDifference, pairedDifference } from '../interval/paired-difference.ts';
import { type ReplicationVerdict, verdictOf } from '../interval/replication-verdict.ts';
import type { NamedReading } from '../readings.ts';
import { type WarmUp, warmUp } from '../warmup/warm-up.ts';
import { type EmptyRuns, emptyRuns } from './empty-runs.ts';
import { outcomesOver } from './outcomes-over.ts';

/** One reading over the runs of an option. */
export interface ReadingOverRuns {
  readonly key: string;
  /** In the order of the seeds; null where a run has no such number. */
  readonly values: readonly (number | null)[];
  /** Null with fewer than two runs, or when one of them has no number. */
  readonly interval: MeanInterval | null;
  /** The option less the first one; null for the first, and where either has no interval. */
  readonly difference: PairedDifference | null;
}

export interface OptionResult extends EmptyRuns {
  readonly name: string;
  readonly mode: string;
  readonly gpus: number;
  readonly verdict: ReplicationVerdict;
  readonly warm_up: WarmUp;
  /** What became of the requests of all runs together. */
  readonly outcomes: Outcomes;
  readonly readings: readonly ReadingOverRuns[];
}

export interface OptionReports {
  readonly name: string;
  /** At least one, in the order of the seeds. */
  readonly reports: readonly SimulationReport[];
}

/**
 * Reads every option and holds it against the first.
 *
 * @throws RangeError when options differ in the number of their reports, or one has none.
 * @example
 * comparison([{ name: '4 GPUs', reports: replications(plan, [1, 2, 3]) }], headlineReadings);
 */
export function comparison(
  options: readonly OptionReports[],
  readings: readonly NamedReading[],
  level = 0.95,
): OptionResult[] {
  const [first] = options;
  return options.map(({ name, reports }) => {
    const [report] = reports;
    if (report === undefined || reports.length !== first?.reports.length) {
      throw new RangeError(`options must have equally many reports, got ${reports.length} for ${name}`);
    }
    return {
      name,
      mode: report.mode,
      gpus: report.pools.reduce((sum, pool) => sum + pool.gpus, 0),
      verdict: verdictOf(reports),
      ...emptyRuns(reports),
      warm_up: warmUp(reports),
      outcomes: outcomesOver(reports),
      readings: readings.map(({ key, read }) => {
        const values = reports.map(read);
        const numbers = allNumbers(values);
        const before = reports === first.reports ? null : allNumbers(first.reports.map(read));
        return {
          key,
          values,
          interval: numbers === null ? null : meanInterval(numbers, level),
          difference: numbers === null || before === null ? null : pairedDifference(before, numbers, level),
        };
      }),
    };
  });
}

/** The values when there are two or more and none is missing. */
function allNumbers(values: readonly (number | null)[]): number[] | null {
  const numbers = values.filter((value) => value !== null);
  return numbers.length === values.length && numbers.length >= 2 ? numbers : null;
}
