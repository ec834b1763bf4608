/**
 * How bursty arrivals are. Knows no lengths. Times are ascending; every window starts at the first arrival.
 */
import { meanAndStd } from './moments.ts';

/** Gaps between consecutive arrivals. */
export function gapsOf(arrival_s: Float64Array): Float64Array {
  return Float64Array.from(
    { length: Math.max(arrival_s.length - 1, 0) },
    (_, i) => (arrival_s[i + 1] ?? 0) - (arrival_s[i] ?? 0),
  );
}

/** Standard deviation over mean of the gaps: 1 for Poisson arrivals. Null when there are no gaps or no time passes. */
export function gapVariation(gaps: Float64Array): number | null {
  if (gaps.length === 0) return null;
  const { mean, std } = meanAndStd(gaps);
  return mean === 0 ? null : std / mean;
}

/**
 * Variance over mean of the counts in consecutive windows: 1 for Poisson arrivals, above for bursts that last.
 * Whole windows only, the variance divides by their number; null for fewer than two.
 * Cox and Lewis, "The Statistical Analysis of Series of Events" (1966).
 */
export function indexOfDispersion(arrival_s: Float64Array, window_s: number): number | null {
  const first = arrival_s[0] ?? 0;
  const windows = Math.floor(((arrival_s.at(-1) ?? 0) - first) / window_s);
  if (windows < 2) return null;
  let counted = 0;
  let squares = 0;
  for (let i = 0; i < arrival_s.length; ) {
    const window = Math.floor(((arrival_s[i] ?? 0) - first) / window_s);
    if (window >= windows) break;
    const from = i;
    while (i < arrival_s.length && Math.floor(((arrival_s[i] ?? 0) - first) / window_s) === window) i++;
    counted += i - from;
    squares += (i - from) ** 2;
  }
  const mean = counted / windows;
  return (squares / windows - mean * mean) / mean;
}

/**
 * The most arrivals in any window of that length, wherever it starts, over its length: requests per second.
 * Null for a trace shorter than the window.
 */
export function peakRate(arrival_s: Float64Array, window_s: number): number | null {
  if ((arrival_s.at(-1) ?? 0) - (arrival_s[0] ?? 0) < window_s) return null;
  let most = 0;
  let from = 0;
  for (let i = 0; i < arrival_s.length; i++) {
    while ((arrival_s[i] ?? 0) - (arrival_s[from] ?? 0) >= window_s) from++;
    most = Math.max(most, i - from + 1);
  }
  return most / window_s;
}
