/** The TTFT distribution as a chart: one curve a run, on a log axis. Knows no drawing. */
import type { SimulationResult, Summary } from '@llmsim/engine';
import type { ChartLine, ChartPoint, ChartSeries, ChartSpec } from './chart-spec.ts';
import { definitions } from './definitions.ts';
import { formatSeconds } from './format.ts';

/** Ranks drawn evenly over the whole sample, and again over its slowest hundredth, where a tail is long. */
const EVEN_RANKS = 400;
const TAIL_RANKS = 100;

export interface NamedResult {
  /** Names the curve. */
  readonly name: string;
  readonly result: Pick<SimulationResult, 'report' | 'ttft_s'>;
}

/**
 * The share of requests whose first token came within x seconds, at most 500 points a run, with the TTFT SLOs as lines.
 * A run that kept no samples is drawn through its percentiles.
 *
 * @example
 * ttftCdf([
 *   { name: 'mono', result: simulate(mono) },
 *   { name: 'disagg', result: simulate(disagg) },
 * ]);
 */
export function ttftCdf(runs: readonly NamedResult[]): ChartSpec {
  return {
    id: 'ttft_cdf',
    title: 'TTFT distribution',
    x: {
      label: definitions.ttft_s.label,
      unit: 's',
      scale: 'log',
      definition: definitions.ttft_s.definition,
    },
    y: {
      label: 'share of requests',
      unit: 'share',
      scale: 'linear',
      definition: 'The part of the requests whose first token came within this time.',
    },
    series: runs.map(({ name, result }) => curve(name, result)),
    lines: sloLines(runs),
  };
}

function curve(name: string, { report, ttft_s }: NamedResult['result']): ChartSeries {
  const points = ttft_s === null ? throughPercentiles(report.ttft_s) : empirical(ttft_s);
  // A log axis has no place for 0.
  return { name, kind: ttft_s === null ? 'line' : 'step', points: points.filter(([x]) => x > 0) };
}

/** Points of the empirical distribution function: at the k-th smallest value it reaches k/n. */
function empirical(sample: Float64Array): ChartPoint[] {
  const sorted = Float64Array.from(sample).sort();
  const n = sorted.length;
  return thinnedRanks(n).map((rank) => [sorted[rank] ?? Number.NaN, (rank + 1) / n]);
}

/** Ascending ranks of a sample of n: all of them when they are few, always the first and the last. */
function thinnedRanks(n: number): number[] {
  if (n <= EVEN_RANKS + TAIL_RANKS) return Array.from({ length: n }, (_, rank) => rank);
  const evenly = (count: number, from: number): number[] =>
    Array.from({ length: count }, (_, i) => Math.round(from + (i / (count - 1)) * (n - 1 - from)));
  const ranks = new Set([...evenly(EVEN_RANKS, 0), ...evenly(TAIL_RANKS, 0.99 * (n - 1))]);
  return [...ranks].sort((a, b) => a - b);
}

function throughPercentiles({ min, p50, p90, p95, p99, max }: Summary): ChartPoint[] {
  const points: ChartPoint[] = [];
  const known = [
    [min, 0],
    [p50, 0.5],
    [p90, 0.9],
    [p95, 0.95],
    [p99, 0.99],
    [max, 1],
  ] as const;
  for (const [x, y] of known) if (x !== null) points.push([x, y]);
  return points;
}

function sloLines(runs: readonly NamedResult[]): ChartLine[] {
  const targets = new Set(runs.map(({ result }) => result.report.slo?.ttft_s ?? null));
  targets.delete(null);
  const lines: ChartLine[] = [];
  for (const x of targets) if (x !== null) lines.push({ label: `SLO ${formatSeconds(x)}`, x });
  return lines;
}
