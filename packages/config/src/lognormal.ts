/**
 * The lognormal law in three parametrisations, and the conversions between them.
 * Uses the engine's portable ln and exp, so that every machine gets the same bits. Knows no modes and no sampling.
 */
import { exp, ln } from '@llmsim/engine';

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
