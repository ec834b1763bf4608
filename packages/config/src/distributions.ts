/**
 * One lognormal law in its three forms, and the conversions between them.
 * Uses the engine's portable ln and exp, so that every machine gets the same bits. Knows no sampling.
 */
import { exp, ln } from '@llmsim/engine';
import type { TokenDistribution } from './schema/distribution.ts';

/** The 0.9 quantile of the standard normal law. */
export const Z90 = 1.2815515655446004;

/** Mean and standard deviation of ln X. */
export interface LogSpace {
  readonly mu: number;
  readonly sigma: number;
}

/** Mean and standard deviation of X, tokens. */
export interface RealMeanStd {
  readonly mean: number;
  readonly std: number;
}

/** Median and 90th percentile of X, tokens. */
export interface P50P90 {
  readonly p50: number;
  readonly p90: number;
}

/** A distribution in log space and in tokens, before rounding and `min_value`. */
export interface DistributionEcho {
  readonly log: LogSpace & { readonly min_value: number };
  readonly real: RealMeanStd;
}

/** σ² = ln(1 + std²/mean²), μ = ln(mean) − σ²/2; mean above 0, std at least 0. */
export function logSpaceFromMeanStd({ mean, std }: RealMeanStd): LogSpace {
  const variation = std / mean;
  const variance = ln(1 + variation * variation);
  return { mu: ln(mean) - variance / 2, sigma: Math.sqrt(variance) };
}

/** μ = ln p50, σ = (ln p90 − ln p50)/z₀.₉; 0 < p50 ≤ p90. */
export function logSpaceFromP50P90({ p50, p90 }: P50P90): LogSpace {
  const mu = ln(p50);
  return { mu, sigma: (ln(p90) - mu) / Z90 };
}

/** mean = e^(μ + σ²/2), std = mean·√(e^(σ²) − 1). */
export function meanStdFromLogSpace({ mu, sigma }: LogSpace): RealMeanStd {
  const variance = sigma * sigma;
  const mean = exp(mu + variance / 2);
  return { mean, std: mean * Math.sqrt(exp(variance) - 1) };
}

/** p50 = e^μ, p90 = e^(μ + z₀.₉·σ). */
export function p50P90FromLogSpace({ mu, sigma }: LogSpace): P50P90 {
  return { p50: exp(mu), p90: exp(mu + Z90 * sigma) };
}

/**
 * Any of the three modes in log space.
 *
 * @example
 * logSpaceOf({ mode: 'p50_p90', p50: 128, p90: 512, min_value: 16 }); // { mu: 4.852…, sigma: 1.081… }
 */
export function logSpaceOf(distribution: TokenDistribution): LogSpace {
  switch (distribution.mode) {
    case 'log':
      return { mu: distribution.mean, sigma: distribution.sigma };
    case 'real_mean_std':
      return logSpaceFromMeanStd(distribution);
    case 'p50_p90':
      return logSpaceFromP50P90(distribution);
  }
}

/** A distribution in log space and in tokens, as results report it; what the file says stays as it is written. */
export function echoOf(distribution: TokenDistribution): DistributionEcho {
  const { mu, sigma } = logSpaceOf(distribution);
  const real =
    distribution.mode === 'real_mean_std'
      ? { mean: distribution.mean, std: distribution.std }
      : meanStdFromLogSpace({ mu, sigma });
  return { log: { mu, sigma, min_value: distribution.min_value }, real };
}
