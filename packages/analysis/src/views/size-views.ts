/**
 * Clusters of many sizes at one rate: a heatmap over the sizes of both pools, and latency against size with its
 * Pareto front. Knows no way of running them and no drawing.
 */

import { gpusOf, pricePerHour } from '../planning/space.ts';
import type { SplitReport, SplitResult } from '../planning/splits.ts';
import type { ChartPoint, ChartSeries, ChartSpec, HeatmapCell, HeatmapSpec } from './chart-spec.ts';
import { formatQuantity, NO_VALUE } from './format.ts';

/**
 * The reading over prefill × decode servers; the smallest cluster that meets the SLOs is marked best, others by why they
 * fail.
 */
export function sizeHeatmap(report: SplitReport): HeatmapSpec {
  const { results, reading } = report;
  const [prefill, decode] = [0, 1].map((pool) =>
    [...new Set(results.map(({ candidate }) => candidate.servers[pool] ?? 0))].sort((a, b) => a - b),
  );
  const best = smallestPassing(report);
  const cell = (y: number, x: number): HeatmapCell => {
    const found = results.find(({ candidate: { servers } }) => servers[0] === y && servers[1] === x);
    if (found === undefined) return { value: null, text: NO_VALUE };
    const value = found.interval?.mean ?? null;
    const mark = found === best ? 'best' : markOf(found);
    return { value, text: formatQuantity(value, reading.unit), ...(mark === null ? {} : { mark }) };
  };
  return {
    kind: 'heatmap',
    id: 'sizes',
    title: `${reading.label} by prefill and decode servers`,
    x: { label: 'decode', categories: (decode ?? []).map(String) },
    y: { label: 'prefill', categories: (prefill ?? []).map(String) },
    value: {
      label: reading.label,
      unit: reading.unit,
      better: reading.better,
      definition: reading.definition,
    },
    cells: (prefill ?? []).map((y) => (decode ?? []).map((x) => cell(y, x))),
    notes: [
      report.attain === null
        ? 'Without SLOs nothing fails.'
        : 'best: the fewest GPUs that meet the SLOs. fails: too many requests miss an SLO.',
    ],
  };
}

/** Of the clusters that meet the SLOs the one with the fewest GPUs, then the best reading; null without any. */
export function smallestPassing({ results, attain, reading }: SplitReport): SplitResult | null {
  if (attain === null) return null;
  const sign = reading.better === 'higher' ? -1 : 1;
  const passing = results.filter(({ passes, interval }) => passes === true && interval !== null);
  const score = ({ interval }: SplitResult): number => sign * (interval?.mean ?? 0);
  const sorted = passing.sort((a, b) => gpusOf(a.candidate) - gpusOf(b.candidate) || score(a) - score(b));
  return sorted[0] ?? null;
}

/**
 * The reading against the price of an hour, or GPUs without prices; the front is made of those that nothing cheaper
 * beats.
 */
export function paretoChart(reports: readonly SplitReport[]): ChartSpec | null {
  const [first] = reports;
  if (first === undefined) return null;
  const { reading } = first;
  const all = reports.flatMap(({ results }) => results).filter(({ interval }) => interval !== null);
  const priced = all.every(({ candidate }) => pricePerHour(candidate) !== null);
  const pointOf = ({ candidate, interval }: SplitResult): ChartPoint => [
    (priced ? pricePerHour(candidate) : null) ?? gpusOf(candidate),
    interval?.mean ?? Number.NaN,
  ];
  const front = frontOf(all.map(pointOf), reading.better);
  const clouds = reports.flatMap(({ results }): ChartSeries[] => {
    const shown = results
      .filter(({ interval }) => interval !== null)
      .sort((a, b) => pointOf(a)[0] - pointOf(b)[0]);
    const [one] = shown;
    if (one === undefined) return [];
    return [
      {
        name: one.candidate.kind.name,
        kind: 'points',
        points: shown.map(pointOf),
        hollow: shown.map(({ reason }) => reason !== null),
      },
    ];
  });
  return {
    id: 'pareto',
    title: `${reading.label} against ${priced ? 'price' : 'GPUs'}`,
    x: {
      label: priced ? 'price an hour' : 'GPUs',
      unit: priced ? 'price/h' : 'GPUs',
      scale: 'linear',
      definition: priced ? 'What all GPUs cost for an hour.' : 'GPUs of the cluster.',
    },
    y: { label: reading.label, unit: reading.unit, scale: 'log', definition: reading.definition },
    series: [...clouds, { name: 'Pareto front', kind: 'step', points: front }],
    lines: [],
    notes: [
      'A point is a cluster; hollow ones miss the SLOs.',
      'Nothing that costs as little as a point of the front does better.',
    ],
  };
}

function frontOf(points: readonly ChartPoint[], better: 'lower' | 'higher'): ChartPoint[] {
  const sign = better === 'higher' ? -1 : 1;
  const ascending = [...points].sort(([ax, ay], [bx, by]) => ax - bx || sign * (ay - by));
  const front: ChartPoint[] = [];
  for (const point of ascending) {
    const last = front.at(-1);
    if (last === undefined || sign * point[1] < sign * last[1]) front.push(point);
  }
  return front;
}

/** Why a cluster is not to be had, in a word. */
function markOf({ reason }: SplitResult): NonNullable<HeatmapCell['mark']> | null {
  if (reason === null) return null;
  return reason === 'overloaded' ? 'overloaded' : 'fails';
}
