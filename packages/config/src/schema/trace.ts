/**
 * The `trace` mapping: a recorded workload, instead of arrival and token distributions. Knows no file formats' inside.
 */
import * as z from 'zod';
import { count, notNegative, positive } from './quantities.ts';

/** Formats a trace file may be said to have. */
export const TRACE_FORMATS = ['azure', 'mooncake', 'burstgpt', 'vllm', 'sharegpt', 'csv', 'jsonl'] as const;

export const traceSchema = z.strictObject({
  path: z
    .string()
    .min(1)
    .meta({
      description: 'The trace file; a relative path starts at the folder of this file.',
      examples: ['traces/azure-llm-2023-conv.csv'],
    }),
  format: z
    .enum(TRACE_FORMATS)
    .optional()
    .meta({ description: 'Format of the file; absent: found by its columns.', examples: ['azure'] }),
  limit: count()
    .optional()
    .meta({ description: 'Replay this many requests at most.', examples: [1000] }),
  start_s: notNegative()
    .optional()
    .meta({ description: 'Skip the requests before this second of the trace.', examples: [600] }),
  time_scale: positive()
    .optional()
    .meta({
      description: 'Multiply the time between arrivals: 0.5 doubles the load.',
      examples: [0.5],
    }),
  block_size: count()
    .max(2 ** 20)
    .optional()
    .meta({
      description:
        'Tokens in a block that a hash id of the trace stands for; absent: what the lengths of the prompts say.',
      examples: [512],
    }),
  jitter: z
    .union([z.boolean(), notNegative()])
    .optional()
    .meta({
      description:
        'Spread arrivals that were recorded on a time grid: true over a cell of the grid, a number over so many seconds of the trace.',
      examples: [true],
    }),
});

/** A trace to replay, as the file says it. */
export type TraceReference = z.output<typeof traceSchema>;
