/**
 * The `prompt_tokens` and `output_tokens` mappings: one lognormal law, said in three ways, or a uniform one.
 * Knows no sampling; the conversions stand in `distributions.ts`.
 */
import * as z from 'zod';
import { logSpaceFromP50P90, meanStdFromLogSpace, type P50P90, type RealMeanStd } from '../lognormal.ts';
import { count, notNegative, positive } from './quantities.ts';
import { rule } from './rule.ts';

/** Longest mean a scenario may ask for, tokens: beyond any context window, and ln 1e8 = 18.4. */
const MOST_MEAN_TOKENS = 1e8;
const MOST_LOG_MEAN = 18.4;
/** Largest std in means: sigma 3.7, where one request in a million is longer than 30,000 medians. */
const MOST_VARIATION = 1000;

const minValue = count().default(1).meta({
  description: 'Shortest length, tokens: a draw is rounded down, then raised to this.',
});

/** In log space: ln X is normal. A mapping without `mode` means this one. */
const logSpace = z
  .strictObject({
    mode: z.literal('log').optional().default('log').meta({
      description: 'log: mean and sigma of the logarithm of the length.',
    }),
    mean: z.number().default(6).meta({ description: 'Mean of ln(tokens); the median is e^mean tokens.' }),
    sigma: notNegative().max(10).default(1).meta({ description: 'Standard deviation of ln(tokens).' }),
    min_value: minValue,
  })
  .check(
    rule(['mean', 'sigma'], ({ mean, sigma }: { mean: number; sigma: number }) =>
      mean + (sigma * sigma) / 2 <= MOST_LOG_MEAN
        ? null
        : {
            blame: 'mean',
            besides: 'sigma',
            message: `mean ${mean} with sigma ${sigma} in log space is more than ${MOST_MEAN_TOKENS} tokens on average`,
            fix: 'A mapping without mode is in log space: for a length in tokens write mode: real_mean_std with mean and std, or mode: p50_p90.',
          },
    ),
  );

/** By mean and standard deviation of the length itself. */
const realMeanStd = z
  .strictObject({
    mode: z.literal('real_mean_std').meta({
      description: 'real_mean_std: mean and standard deviation of the length.',
    }),
    mean: positive()
      .max(MOST_MEAN_TOKENS)
      .meta({ description: 'Mean length, tokens.', examples: [1024] }),
    std: notNegative()
      .max(MOST_MEAN_TOKENS)
      .meta({ description: 'Standard deviation of the length, tokens.', examples: [512] }),
    min_value: minValue,
  })
  .check(
    rule(['mean', 'std'], ({ mean, std }: RealMeanStd) =>
      std <= MOST_VARIATION * mean
        ? null
        : {
            blame: 'std',
            message: `std must be at most ${MOST_VARIATION} times mean, got mean ${mean} and std ${std}`,
            fix: 'Both are in tokens; for the logarithm write mode: log with mean and sigma.',
          },
    ),
  );

/** By median and 90th percentile of the length. */
const p50p90 = z
  .strictObject({
    mode: z.literal('p50_p90').meta({ description: 'p50_p90: median and 90th percentile of the length.' }),
    p50: positive()
      .max(MOST_MEAN_TOKENS)
      .meta({ description: 'Median length, tokens.', examples: [128] }),
    p90: positive()
      .max(MOST_MEAN_TOKENS)
      .meta({ description: '90th percentile of the length, tokens; above p50.', examples: [512] }),
    min_value: minValue,
  })
  .check(
    rule(['p50', 'p90'], ({ p50, p90 }: P50P90) => {
      if (p90 <= p50) {
        return {
          blame: 'p90',
          message: `p90 must be above p50, got p50 ${p50} and p90 ${p90}`,
          fix: 'Raise p90, or swap the two; for a constant length write mode: real_mean_std with std: 0.',
        };
      }
      const { mean } = meanStdFromLogSpace(logSpaceFromP50P90({ p50, p90 }));
      if (mean <= MOST_MEAN_TOKENS) return null;
      return {
        blame: 'p90',
        message: `p50 ${p50} and p90 ${p90} make more than ${MOST_MEAN_TOKENS} tokens on average`,
        fix: 'Bring the two closer together.',
      };
    }),
  );

/** Whole lengths between two ends, each as likely: what benchmarks of serving engines send. */
const uniform = z
  .strictObject({
    mode: z
      .literal('uniform')
      .meta({ description: 'uniform: every whole length from min to max is as likely.' }),
    min: count().meta({ description: 'Shortest length, tokens.', examples: [819] }),
    max: count().meta({ description: 'Longest length, tokens; at least min.', examples: [1024] }),
  })
  .check(
    rule(['min', 'max'], ({ min, max }: { min: number; max: number }) =>
      max >= min
        ? null
        : {
            blame: 'max',
            message: `max must be at least min, got min ${min} and max ${max}`,
            fix: 'Raise max, or swap the two.',
          },
    ),
  );

export const tokenDistributionSchema = z.discriminatedUnion('mode', [logSpace, realMeanStd, p50p90, uniform]);

/** A token length distribution as the file says it, defaults filled in. */
export type TokenDistribution = z.output<typeof tokenDistributionSchema>;

/** One of the three ways to say a lognormal law. */
export type LognormalTokens = Exclude<TokenDistribution, { mode: 'uniform' }>;
