/** Queues and utilisation over virtual time as charts: one curve a pool. Knows no drawing. */
import type { PoolReport, SimulationReport } from '@llmsim/engine';
import type { ChartAxis, ChartPoint, ChartSpec } from './chart-spec.ts';
import { REQUEST_STAGES } from './request-stages.ts';

/** A pool has the colour of the stage that it is there for. */
const PLACES: ReadonlyMap<string, number> = new Map([
  ['prefill', REQUEST_STAGES.indexOf('prefill_s')],
  ['decode', REQUEST_STAGES.indexOf('further_tokens_s')],
]);

const TIME: ChartAxis = {
  label: 'time',
  unit: 's',
  scale: 'linear',
  definition: 'Virtual seconds from the start of the run; each value is the average over one bin of time.',
};

/**
 * Requests waiting in each pool.
 *
 * @example
 * queueTimeline(simulate(plan).report).series.map(({ name }) => name); // ['prefill', 'decode']
 */
export function queueTimeline(report: SimulationReport): ChartSpec {
  return timeline(
    report,
    'queue_timeline',
    'Queues',
    {
      label: 'waiting requests',
      unit: 'requests',
      scale: 'linear',
      definition: 'The number of requests that wait for a GPU of the pool.',
    },
    (pool) => pool.timeline.waiting,
  );
}

/**
 * Share of each pool's GPUs that are busy.
 *
 * @example
 * utilizationTimeline(simulate(plan).report).series[0]?.points; // [[0, 0.31], [3, 0.42], …]
 */
export function utilizationTimeline(report: SimulationReport): ChartSpec {
  return timeline(
    report,
    'utilization_timeline',
    'Utilisation',
    {
      label: 'busy GPUs',
      unit: 'share',
      scale: 'linear',
      definition: "The share of the pool's GPUs that are at work.",
    },
    (pool) => pool.timeline.busy.map((busy) => busy / pool.gpus),
  );
}

function timeline(
  report: SimulationReport,
  id: string,
  title: string,
  y: ChartAxis,
  levels: (pool: PoolReport) => readonly number[],
): ChartSpec {
  const [from_s] = report.window_s;
  return {
    id,
    title,
    x: TIME,
    y,
    series: report.pools.map((pool) => {
      const place = PLACES.get(pool.name);
      return {
        name: pool.name,
        kind: 'step',
        points: stepPoints(levels(pool), pool.timeline.bin_s, report.end_s),
        ...(place === undefined ? {} : { place }),
      };
    }),
    lines: from_s > 0 ? [{ label: 'measurement starts', x: from_s }] : [],
  };
}

/** Each level from the start of its bin; the last is repeated at the end of the run, where its bin ends. */
function stepPoints(levels: readonly number[], bin_s: number, end_s: number): ChartPoint[] {
  const points = levels.map((level, bin): ChartPoint => [bin * bin_s, level]);
  const last = points.at(-1);
  if (last !== undefined && end_s > last[0]) points.push([end_s, last[1]]);
  return points;
}
