/**
 * Whether runs left out enough of their start, by MSER-5 over how many requests were in the system.
 * Knows no latencies. Sees requests that wait and GPUs that are busy, from time 0 on, in the bins of the report's
 * timelines; how far batches have filled up shows there only once requests wait for a place.
 */
import type { PoolTimeline, SimulationReport } from '@llmsim/engine';
import { meanInterval } from '../interval/mean-interval.ts';
import { isEmptier } from './emptier.ts';
import { mser5 } from './mser5.ts';

export interface WarmUp {
  /** What the runs left out at their start, seconds. */
  readonly warmup_seconds: number;
  /** Where MSER-5 would start it, seconds. */
  readonly mser5_s: number;
  /** False when the rule found no place in the first half: the runs are too short, or their queues never settle. */
  readonly settled: boolean;
  /**
   * Whether nothing that the rule would leave out was measured, or what was differs from the rest by chance alone: over
   * two runs or more, the 95 % interval of the difference holds zero; in one run, it is not emptier than the rest by more
   * than the rest varies.
   */
  readonly enough: boolean;
}

/** Requests, and bins of the timeline, below which a run is too short to judge. */
const LEAST = 50;

/**
 * Holds the warm-up of runs of one plan against MSER-5. Over several runs their timelines are averaged first (P. D. Welch,
 * "The statistical analysis of simulation results", 1983), which leaves what they have in common: the filling up. One run
 * cannot tell it from a lull, so it is only held against how much it varies anyway; nor can several that are the same.
 *
 * @param reports - of the same plan with different seeds, at least one
 * @throws RangeError without reports.
 * @example
 * warmUp([simulate({ ...plan, warmup_seconds: 0 }).report]).mser5_s;
 */
export function warmUp(reports: readonly SimulationReport[]): WarmUp {
  const [first] = reports;
  if (first === undefined) throw new RangeError('reports must hold at least one report, got none');
  const timelines = reports.map(({ pools }) => pools.map(({ timeline }) => timeline));
  const bin_s = Math.max(0, ...timelines.flat().map((timeline) => timeline.bin_s));
  const runs = different(
    timelines.map((run) => untilEmpty(sum(run.map((timeline) => inSystem(timeline, bin_s))))),
  );
  const { drop, settled } = mser5(sum(runs));
  const warmup_seconds = Math.max(...reports.map(({ window_s }) => window_s[0]));
  const mser5_s = drop * bin_s;
  const covered = settled && mser5_s <= warmup_seconds;
  const parts = runs.map((run) => cut(run, bin_s > 0 ? Math.floor(warmup_seconds / bin_s) : 0, drop));
  return { warmup_seconds, mser5_s, settled, enough: covered || byChance(parts) };
}

/**
 * The same for one run; null when it is too short to judge: fewer than 50 requests, or over before 50 bins of its
 * timeline.
 *
 * @example
 * warmUpOfRun(simulate(plan).report)?.enough; // true
 */
export function warmUpOfRun(report: SimulationReport): WarmUp | null {
  const bins = Math.max(0, ...report.pools.map(({ timeline }) => untilEmpty(timeline.busy).length));
  return report.outcomes.arrivals < LEAST || bins < LEAST ? null : warmUp([report]);
}

/** Runs that are all the same, as those of a trace often are, tell as much as one of them. */
function different(runs: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const [first = [], ...others] = runs;
  const same = others.every(
    (run) => run.length === first.length && run.every((value, at) => value === first[at]),
  );
  return same ? runs.slice(0, 1) : runs;
}

/** A run without its warm-up: what the rule would leave out beyond it, and the rest. */
interface Parts {
  readonly start: readonly number[];
  readonly rest: readonly number[];
}

function cut(run: readonly number[], from: number, drop: number): Parts {
  return { start: run.slice(from, drop), rest: run.slice(Math.max(drop, from)) };
}

/** Whether starts are like the rest, as far as can be told. */
function byChance(runs: readonly Parts[]): boolean {
  const [only] = runs;
  if (runs.length === 1 && only !== undefined) return !isEmptier(only.start, only.rest);
  const differences = runs.flatMap(({ start, rest }) =>
    start.length === 0 || rest.length === 0 ? [] : [average(rest) - average(start)],
  );
  if (differences.length < 2) return false;
  const { low, high } = meanInterval(differences);
  return low <= 0 && high >= 0;
}

function average(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

/** Requests waiting and GPUs busy, over bins of `bin_s`: runs of unknown length double their bins as they grow. */
function inSystem({ bin_s, waiting, busy }: PoolTimeline, wide_s: number): number[] {
  const each = Math.max(1, Math.round(wide_s / bin_s));
  const bins = Math.floor(waiting.length / each);
  return Array.from({ length: bins }, (_, bin) => {
    let total = 0;
    for (let i = bin * each; i < (bin + 1) * each; i++) total += (waiting[i] ?? 0) + (busy[i] ?? 0);
    return total / each;
  });
}

/** Without the end of a run that outlasts its requests. */
function untilEmpty(series: readonly number[]): readonly number[] {
  return series.slice(0, series.findLastIndex((value) => value > 0) + 1);
}

/** Bin by bin, as far as the shortest goes. */
function sum(series: readonly (readonly number[])[]): number[] {
  const length = Math.min(...series.map((each) => each.length));
  if (!Number.isFinite(length)) return [];
  return Array.from({ length }, (_, bin) => series.reduce((total, each) => total + (each[bin] ?? 0), 0));
}
