/**
 * A configured token length distribution in log space and in tokens. Knows the three modes; knows no sampling.
 */
import {
  type LogSpace,
  logSpaceFromMeanStd,
  logSpaceFromP50P90,
  meanStdFromLogSpace,
  type RealMeanStd,
} from './lognormal.ts';
import type { TokenDistribution } from './schema/distribution.ts';

/** A distribution in log space and in tokens, before rounding and `min_value`. */
export interface DistributionEcho {
  readonly log: LogSpace & { readonly min_value: number };
  readonly real: RealMeanStd;
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
