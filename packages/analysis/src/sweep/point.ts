/** From the runs of one point to its numbers. Knows no lines. */
import type { SimulationReport } from '@llmsim/engine';
import { emptyRuns } from '../compare/empty-runs.ts';
import { outcomesOver } from '../compare/outcomes-over.ts';
import { type MeanInterval, meanInterval } from '../interval/mean-interval.ts';
import type { NamedReading } from '../readings.ts';
import type { Met } from './largest-load.ts';
import type { PointState, SweepPoint, SweepQuestion } from './question.ts';

/** What the runs of one point gave. */
export interface PointRuns {
  /** By position of the seed. */
  readonly reports: (SimulationReport | undefined)[];
  readonly errors: unknown[];
}

export interface PointOutcome {
  readonly runs: PointRuns;
  /** Whether it lies beyond an overloaded point; what ran of it does not count then. */
  readonly beyond: boolean;
}

export function pointOf<Cell>(
  { axes, metrics, seeds, theoryOf }: SweepQuestion<Cell>,
  at: readonly number[],
  { runs, beyond }: PointOutcome,
): PointOfRuns {
  const reports = beyond ? [] : Array.from(seeds, (_, seed) => runs.reports[seed]);
  const ran = reports.filter((report) => report !== undefined);
  const errors = beyond
    ? []
    : runs.errors.map((error) => (error instanceof Error ? error.message : String(error)));
  const state = stateOf(beyond, errors.length, ran.length === seeds.length);
  const overloaded_runs = ran.filter(({ verdict }) => verdict.state === 'overloaded').length;
  const { arrivals, rejected } = outcomesOver(ran);
  const theory = metrics.flatMap((metric) => {
    const value = theoryOf?.(at, metric) ?? null;
    return value === null ? [] : [[metric.key, value] as const];
  });
  const misses = reports.map((report) => {
    const slo = report?.slo ?? null;
    return slo === null || slo.attainment === null ? null : { judged: slo.judged, met: slo.met };
  });
  return {
    misses,
    same: ran.length > 1 && ran.every((report) => report.outcomes.completed > 0 && sameRun(report, ran[0])),
    point: {
      at,
      values: axes.map(({ values }, axis) => values[at[axis] ?? 0] ?? ''),
      state,
      runs: ran.length,
      overloaded_runs,
      ...emptyRuns(ran),
      overloaded: ran.length > 0 && overloaded_runs >= ran.length / 2,
      rejected_share: arrivals > 0 ? rejected / arrivals : 0,
      metrics: Object.fromEntries(metrics.map((metric) => [metric.key, intervalOf(metric, ran)])),
      theory: Object.fromEntries(theory),
      errors: [...new Set(errors)],
    },
  };
}

/** Requests that are drawn anew come at other times, so that no mean is the same to the last bit. */
function sameRun(a: SimulationReport | undefined, b: SimulationReport | undefined): boolean {
  return a?.ttft_s.mean === b?.ttft_s.mean && a?.e2e_s.mean === b?.e2e_s.mean && a?.end_s === b?.end_s;
}

/** A point, and who met the SLOs in each of its runs, in the order of the seeds; null where nobody was judged. */
export interface PointOfRuns {
  readonly point: SweepPoint;
  /** Whether every seed gave the same run. */
  readonly same: boolean;
  readonly misses: ReadonlyArray<Met | null>;
}

function stateOf(beyond: boolean, errors: number, complete: boolean): PointState {
  if (beyond) return 'skipped';
  if (errors > 0) return 'failed';
  return complete ? 'done' : 'partial';
}

function intervalOf(
  { read }: NamedReading,
  reports: Parameters<NamedReading['read']>[0][],
): MeanInterval | null {
  const values = reports.map(read).filter((value) => value !== null);
  return values.length < 2 || values.length < reports.length ? null : meanInterval(values);
}
