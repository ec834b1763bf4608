/**
 * A trace in numbers. Knows no file and no formatting.
 */
import { timeGrid } from '../shaping/grid.ts';
import type { Trace } from '../trace.ts';
import { gapsOf, gapVariation, indexOfDispersion, peakRate } from './arrivals.ts';
import { pearson, spearman } from './correlation.ts';
import { type LengthStatistics, lengthStatistics } from './lengths.ts';
import { prefixHitRate } from './prefix-hits.ts';

export type { LengthStatistics } from './lengths.ts';

/** Null where a number has no meaning: a rate without time, a correlation with a constant. */
export interface TraceStatistics {
  /** Requests. */
  readonly n: number;
  /** From the first arrival to the last, seconds. */
  readonly span_s: number;
  /** n / span_s. */
  readonly rate_per_s: number | null;
  /** Coefficient of variation of the gaps between arrivals; 1 for Poisson arrivals. */
  readonly iat_cv: number | null;
  /** Index of dispersion: variance over mean of arrivals in windows of 1, 10 and 60 s; 1 for Poisson arrivals. */
  readonly iod_1s: number | null;
  readonly iod_10s: number | null;
  readonly iod_60s: number | null;
  /** The highest rates over any 1 s and any 60 s; null for a shorter trace. */
  readonly peak_rate_1s_per_s: number | null;
  readonly peak_rate_60s_per_s: number | null;
  /** The longest time between two arrivals, seconds. */
  readonly longest_gap_s: number;
  /** Cell of the grid that arrival times lie on, seconds; null when they lie on none that matters. */
  readonly time_grid_s: number | null;
  readonly prompt_tokens: LengthStatistics;
  readonly output_tokens: LengthStatistics;
  /** Correlation of prompt and output lengths: of the lengths (Pearson) and of their ranks (Spearman). */
  readonly length_pearson: number | null;
  readonly length_spearman: number | null;
  /** Part of all prompt tokens that a prefix cache without bounds would hold; null without hash ids. */
  readonly prefix_hit_rate: number | null;
  /** Tokens in a prefix block; null without hash ids. */
  readonly block_size: number | null;
}

/**
 * Rates, burstiness, lengths, their correlation and prefix reuse of a trace.
 *
 * @example
 * const result = await readTrace(chunks, { hash_ids: true });
 * if (result.ok) inspectTrace(result.trace).iod_60s; // 1 for Poisson arrivals, more for bursts
 */
export function inspectTrace({ workload }: Pick<Trace, 'workload'>): TraceStatistics {
  const { arrival_s, prompt_tokens, output_tokens, hash_ids } = workload;
  const n = arrival_s.length;
  const span_s = (arrival_s.at(-1) ?? 0) - (arrival_s[0] ?? 0);
  const gaps = gapsOf(arrival_s);
  return {
    n,
    span_s,
    rate_per_s: span_s > 0 ? n / span_s : null,
    iat_cv: gapVariation(gaps),
    iod_1s: indexOfDispersion(arrival_s, 1),
    iod_10s: indexOfDispersion(arrival_s, 10),
    iod_60s: indexOfDispersion(arrival_s, 60),
    peak_rate_1s_per_s: peakRate(arrival_s, 1),
    peak_rate_60s_per_s: peakRate(arrival_s, 60),
    longest_gap_s: gaps.reduce((longest, gap) => Math.max(longest, gap), 0),
    time_grid_s: timeGrid(arrival_s),
    prompt_tokens: lengthStatistics(prompt_tokens),
    output_tokens: lengthStatistics(output_tokens),
    length_pearson: pearson(prompt_tokens, output_tokens),
    length_spearman: spearman(prompt_tokens, output_tokens),
    prefix_hit_rate: hash_ids === undefined ? null : prefixHitRate(hash_ids, prompt_tokens),
    block_size: hash_ids?.block_size ?? null,
  };
}
