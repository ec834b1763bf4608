/** What a sweep found: plain JSON values. Knows no layout. */
import type { Definition } from '../views/definitions.ts';
import type { Unit } from '../views/format.ts';
import type { GridLine } from './grid.ts';
import { kneeOf } from './knee.ts';
import { type LargestLoad, largestLoad } from './largest-load.ts';
import type { PointOfRuns } from './point.ts';
import type { SweepAxis, SweepPoint, SweepQuestion } from './question.ts';

export interface SweepMetric extends Definition {
  readonly key: string;
  readonly unit: Unit;
  readonly better: 'lower' | 'higher';
}

/** Points that differ in x alone. */
export interface SweepLine {
  readonly name: string;
  /** x ascending. */
  readonly points: readonly SweepPoint[];
  /** See `kneeOf`, on the first metric that is a time; null when there is no knee inside the grid. */
  readonly knee: number | null;
  /** See `largestLoad`; null without an SLO, or when x is no load. */
  readonly largest_load: LargestLoad | null;
}

export interface SweepReport {
  readonly axes: readonly SweepAxis[];
  readonly x: number | null;
  readonly x_is_load: boolean;
  readonly metrics: readonly SweepMetric[];
  readonly seeds: readonly number[];
  /** Whether every seed gave the same run at every point, as with a trace without jitter. */
  readonly same_runs: boolean;
  readonly lines: readonly SweepLine[];
  /** Runs whose reports count. */
  readonly runs: number;
  /** Runs of the whole grid. */
  readonly grid_runs: number;
  /** False when it was interrupted. */
  readonly finished: boolean;
}

/** @param points - of each line, in its order */
export function sweepReportOf<Cell>(
  { axes, x, x_is_load, metrics, seeds }: SweepQuestion<Cell>,
  grid: readonly GridLine[],
  points: readonly (readonly PointOfRuns[])[],
  finished: boolean,
): SweepReport {
  const lines = grid.map(({ name }, index): SweepLine => {
    const along = points[index] ?? [];
    return {
      name,
      points: along.map(({ point }) => point),
      knee: x === null ? null : kneeAlong(along, x, metrics),
      largest_load: x === null || !x_is_load ? null : largestAlong(along, x),
    };
  });
  const all = points.flat();
  const whole = all.filter(({ point }) => point.runs > 1);
  return {
    axes,
    x,
    x_is_load,
    metrics: metrics.map(({ read: _, ...metric }) => metric),
    seeds,
    same_runs: whole.length > 0 && whole.every(({ same }) => same),
    lines,
    runs: all.reduce((sum, { point }) => sum + point.runs, 0),
    grid_runs: all.length * seeds.length,
    finished,
  };
}

function kneeAlong(
  along: readonly PointOfRuns[],
  x: number,
  metrics: readonly Pick<SweepMetric, 'key' | 'unit'>[],
): number | null {
  const time = metrics.find(({ unit }) => unit === 's');
  if (time === undefined) return null;
  const curve = along.flatMap(({ point }): Array<[number, number]> => {
    const interval = point.metrics[time.key];
    return interval === null || interval === undefined || !(interval.mean > 0)
      ? []
      : [[Number(point.values[x]), interval.mean]];
  });
  return kneeOf(curve);
}

/** Over the points that all seeds ran: what is left out lies beyond an overloaded point or failed. */
function largestAlong(along: readonly PointOfRuns[], x: number): LargestLoad | null {
  const whole = along.filter(({ point }) => point.state === 'done');
  return largestLoad(whole.map(({ point, misses }) => ({ x: Number(point.values[x]), misses })));
}
