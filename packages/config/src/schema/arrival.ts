/**
 * The `arrival` mapping: how often requests come and how regularly, or how many clients wait. Knows no sampling.
 */
import * as z from 'zod';
import { count, positive } from './quantities.ts';
import { rule } from './rule.ts';

const openSchema = z
  .strictObject({
    rate_per_s: positive().default(2).meta({ description: 'Requests per second on average.' }),
    process: z.enum(['poisson', 'gamma', 'constant']).optional().default('poisson').meta({
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

const closedSchema = z.strictObject({
  process: z.literal('closed_loop').meta({
    description: 'closed_loop: clients that ask again when they have their answer, instead of a rate.',
  }),
  concurrency: count().meta({ description: 'Clients, all of which ask at time 0.', examples: [64] }),
  max_requests: count().meta({ description: 'Requests in all.', examples: [640] }),
});

export const arrivalSchema = z.discriminatedUnion('process', [openSchema, closedSchema]);

/** Arrivals as the file says them, defaults filled in. */
export type Arrival = z.output<typeof arrivalSchema>;

/** Arrivals that do not wait for answers. */
export type OpenArrival = z.output<typeof openSchema>;
