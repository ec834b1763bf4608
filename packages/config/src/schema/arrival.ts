/**
 * The `arrival` mapping: how often requests come and how regularly. Knows no sampling.
 */
import * as z from 'zod';
import { count, positive } from './quantities.ts';
import { rule } from './rule.ts';

export const arrivalSchema = z
  .strictObject({
    rate_per_s: positive().default(2).meta({ description: 'Requests per second on average.' }),
    process: z.enum(['poisson', 'gamma', 'constant']).default('poisson').meta({
      description: 'Law of the gaps: poisson (exponential), gamma (see burstiness) or constant.',
    }),
    burstiness: positive()
      .optional()
      .meta({
        description:
          'Shape of the gamma gaps, as in vLLM: 1 is poisson, below 1 is burstier, above 1 more regular. Only with process: gamma, where 1 is the default.',
        examples: [0.5],
      }),
    max_requests: count()
      .optional()
      .meta({ description: 'Stop arrivals after this many requests.', examples: [1000] }),
  })
  .check(
    rule(
      ['process', 'burstiness'],
      ({ process, burstiness }: { process: string; burstiness?: number | undefined }) =>
        burstiness === undefined || process === 'gamma'
          ? null
          : {
              blame: 'burstiness',
              message: `burstiness shapes gamma gaps only, and process is ${process}`,
              fix: 'Write process: gamma beside it, or remove burstiness.',
            },
    ),
  );

/** Arrivals as the file says them, defaults filled in. */
export type Arrival = z.output<typeof arrivalSchema>;
