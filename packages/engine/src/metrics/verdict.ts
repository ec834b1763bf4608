/**
 * Says whether the percentiles of a run describe a system or the length of the run, from how the queues grew.
 * Knows no latencies and no utilisation threshold.
 *
 * Per pool, from the mean number waiting in equal bins between the start of the window and the end of the arrivals:
 * - the queue *grew* by its mean in the last tenth less its mean in the first tenth;
 * - growth counts only beyond noise: 2.5 times √(2 × arrivals), the spread of a critically loaded queue, and a
 *   full round of the pool's GPUs;
 * - `overloaded`: it grew, from each third to the next, by at least 1 % of the arrivals;
 * - `backlogged`: it grew beyond noise otherwise, or it ends at more than twice its mean having grown by a fifth of
 *   the noise and a full round.
 */
import type { PoolReport, Verdict } from '../result.ts';

/** A queue that gains less than this share of the arrivals may be a stable one seen on its way up. */
const OVERLOAD_SHARE = 0.01;

export function judge(
  pools: readonly PoolReport[],
  from_s: number,
  until_s: number,
  arrivals: number,
): Verdict {
  const trends = pools.map((pool) => trendOf(pool, from_s, until_s));
  const noise = 2.5 * Math.sqrt(2 * arrivals);
  for (const { pool, growth, steady, span_s } of trends) {
    if (steady && growth > Math.max(noise, pool.gpus) && growth >= OVERLOAD_SHARE * arrivals) {
      const share = Math.round((100 * growth) / Math.max(arrivals, 1));
      return {
        state: 'overloaded',
        pool: pool.name,
        reason:
          `the ${pool.name} queue grew all along, by ${round(growth)} requests in ${round(span_s)} s ` +
          `(${share} % of the arrivals): tail percentiles depend on the run length`,
      };
    }
  }
  for (const { pool, growth, last, mean } of trends) {
    const { gpus } = pool;
    if (growth > Math.max(noise, gpus) || (last > 2 * mean && growth > Math.max(noise / 5, gpus))) {
      return {
        state: 'backlogged',
        pool: pool.name,
        reason:
          `the ${pool.name} queue ends at ${round(last)} waiting against ${round(mean)} on average: ` +
          'a burst was not worked off by the end, and tail percentiles depend on where the run stops',
      };
    }
  }
  return { state: 'stable', pool: null, reason: 'no queue grew beyond its own fluctuation' };
}

interface Trend {
  readonly pool: PoolReport;
  readonly span_s: number;
  readonly growth: number;
  readonly steady: boolean;
  readonly last: number;
  readonly mean: number;
}

function trendOf(pool: PoolReport, from_s: number, until_s: number): Trend {
  const { bin_s, waiting } = pool.timeline;
  const first = Math.min(Math.floor(from_s / bin_s), Math.max(waiting.length - 1, 0));
  const bins = waiting.slice(first, Math.max(first + 1, Math.ceil(until_s / bin_s)));
  const part = (from: number, to: number): number =>
    mean(bins, Math.floor(from * bins.length), Math.ceil(to * bins.length));
  const [third, second, head] = [part(2 / 3, 1), part(1 / 3, 2 / 3), part(0, 1 / 3)];
  const last = part(0.9, 1);
  return {
    pool,
    span_s: until_s - from_s,
    growth: last - part(0, 0.1),
    steady: third > second && second > head,
    last,
    mean: part(0, 1),
  };
}

function mean(values: readonly number[], from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i] ?? 0;
  return to > from ? sum / (to - from) : 0;
}

function round(value: number): string {
  return value >= 10 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);
}
