/**
 * Says whether the percentiles of a run describe a system or the length of the run, from how the queues grew.
 * Knows no latencies and no utilisation threshold.
 *
 * Per pool, from the mean number waiting in equal bins between the start of the window and the end of the arrivals:
 * - the queue *grew* by its mean in the last tenth less its mean in the first tenth;
 * - its *fluctuation* is how far its steps from bin to bin, less their mean, would carry a random walk: the root of
 *   the sum of their squares. A queue that grows because load exceeds capacity outruns it, whatever the laws of
 *   arrival and service; one that comes back to where it was does not;
 * - growth counts only beyond twice the fluctuation, a full round of the pool's GPUs and 2 % of the arrivals (in long
 *   runs 4 √arrivals, if that is less);
 * - `overloaded`: it grew so, and from each third to the next;
 * - `backlogged`: it grew so, but not all along; or it ends in a burst, at twelve times its median, that exceeds a full
 *   round and as many arrivals.
 */
import type { PoolReport, Verdict } from '../result.ts';

/** Growth below this many fluctuations may be chance. */
const FLUCTUATIONS = 2;
/** A queue that gains less than this share of the arrivals may be a stable one seen on its way up. */
const LEAST_SHARE = 0.02;
/** Nor is growth below this many standard deviations of a Poisson number of arrivals, which long runs soon exceed. */
const LEAST_SPREADS = 4;
/** A queue that ends at this many times its median ends in a burst. */
const BURST = 12;

export function judge(
  pools: readonly PoolReport[],
  from_s: number,
  until_s: number,
  arrivals: number,
): Verdict {
  const trends = pools.map((pool) => trendOf(pool, from_s, until_s));
  const least = Math.min(LEAST_SHARE * arrivals, LEAST_SPREADS * Math.sqrt(arrivals));
  const counts = (trend: Trend, waiting: number): boolean => waiting > trend.pool.gpus && waiting >= least;
  const grew = (trend: Trend): boolean =>
    counts(trend, trend.growth) && trend.growth > FLUCTUATIONS * trend.fluctuation;
  for (const trend of trends) {
    if (!(grew(trend) && trend.steady)) continue;
    const { pool, growth, span_s } = trend;
    const share = Math.round((100 * growth) / Math.max(arrivals, 1));
    return {
      state: 'overloaded',
      pool: pool.name,
      reason:
        `the ${pool.name} queue grew all along, by ${round(growth)} requests in ${round(span_s)} s ` +
        `(${share} % of the arrivals): tail percentiles depend on the run length`,
    };
  }
  for (const trend of trends) {
    const { pool, end, median } = trend;
    if (!(grew(trend) || (counts(trend, end) && end > BURST * (median + 1)))) continue;
    return {
      state: 'backlogged',
      pool: pool.name,
      reason:
        `the ${pool.name} queue ends at ${round(end)} waiting against a median of ${round(median)}: ` +
        'a burst was not worked off by the end, and tail percentiles depend on where the run stops',
    };
  }
  return { state: 'stable', pool: null, reason: 'no queue grew beyond its own fluctuation' };
}

interface Trend {
  readonly pool: PoolReport;
  readonly span_s: number;
  readonly growth: number;
  readonly fluctuation: number;
  readonly steady: boolean;
  /** Mean number waiting in the last fiftieth. */
  readonly end: number;
  readonly median: number;
}

function trendOf(pool: PoolReport, from_s: number, until_s: number): Trend {
  const { bin_s, waiting } = pool.timeline;
  const first = Math.min(Math.floor(from_s / bin_s), Math.max(waiting.length - 1, 0));
  const bins = waiting.slice(first, Math.max(first + 1, Math.ceil(until_s / bin_s)));
  const part = (from: number, to: number): number =>
    mean(bins, Math.floor(from * bins.length), Math.ceil(to * bins.length));
  const [third, second, head] = [part(2 / 3, 1), part(1 / 3, 2 / 3), part(0, 1 / 3)];
  return {
    pool,
    span_s: until_s - from_s,
    growth: part(0.9, 1) - part(0, 0.1),
    fluctuation: fluctuationOf(bins),
    steady: third > second && second > head,
    end: part(0.98, 1),
    median: [...bins].sort((a, b) => a - b)[bins.length >> 1] ?? 0,
  };
}

/** Root of the sum of squares of the steps from bin to bin, each less their mean. */
function fluctuationOf(bins: readonly number[]): number {
  const steps = bins.length - 1;
  const drift = steps > 0 ? ((bins[steps] ?? 0) - (bins[0] ?? 0)) / steps : 0;
  let squares = 0;
  for (let i = 1; i <= steps; i++) squares += ((bins[i] ?? 0) - (bins[i - 1] ?? 0) - drift) ** 2;
  return Math.sqrt(squares);
}

function mean(values: readonly number[], from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i] ?? 0;
  return to > from ? sum / (to - from) : 0;
}

/** As the tables of reports write numbers: thousands apart. */
function round(value: number): string {
  if (value < 10) return String(Math.round(value * 10) / 10);
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}
