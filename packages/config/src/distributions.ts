/**
 * A configured token length distribution in log space and in tokens. Knows the modes; knows no sampling.
 */
import {
  type LogSpace,
  logSpaceFromMeanStd,
  logSpaceFromP50P90,
  meanStdFromLogSpace,
  type RealMeanStd,
} from './lognormal.ts';
import type { LognormalTokens, TokenDistribution } from './schema/distribution.ts';

/** A distribution in log space and in tokens, before rounding and `min_value`. */
export interface DistributionEcho {
  /** Null for a law that is not lognormal. */
  readonly log: (LogSpace & { readonly min_value: number }) | null;
  readonly real: RealMeanStd;
}

/**
 * Any of the three lognormal modes in log space.
 *
 * @example
 * logSpaceOf({ mode: 'p50_p90', p50: 128, p90: 512, min_value: 16 }); // { mu: 4.852…, sigma: 1.081… }
 */
export function logSpaceOf(distribution: LognormalTokens): LogSpace {
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
  if (distribution.mode === 'uniform') {
    const { min, max } = distribution;
    // Of max − min + 1 whole values.
    return { log: null, real: { mean: (min + max) / 2, std: Math.sqrt(((max - min + 1) ** 2 - 1) / 12) } };
  }
  const { mu, sigma } = logSpaceOf(distribution);
  const real =
    distribution.mode === 'real_mean_std'
      ? { mean: distribution.mean, std: distribution.std }
      : meanStdFromLogSpace({ mu, sigma });
  return { log: { mu, sigma, min_value: distribution.min_value }, real };
}
