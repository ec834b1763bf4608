/**
 * A whole scenario: every key of the file, its default and its description. Knows no YAML and no files.
 */
import * as z from 'zod';
import { arrivalSchema } from './arrival.ts';
import { tokenDistributionSchema } from './distribution.ts';
import { positive } from './quantities.ts';
import { sloSchema } from './slo.ts';
import { disaggStepsSchema, monoStepsSchema, settledDisagg, settledMono } from './steps.ts';
import { disaggTokenRateSchema, monoTokenRateSchema } from './token-rate.ts';
import { type TraceReference, traceSchema } from './trace.ts';
import {
  DEFAULT_SIM_SECONDS,
  endsByItself,
  warmupBelowDefault,
  warmupBelowSimSeconds,
  warmupSchema,
} from './warmup.ts';

/** The keys of a file, as written. */
export const fileSchema = z
  .strictObject({
    mode: z.enum(['mono', 'disagg']).default('mono').meta({
      description: 'mono: one pool does prefill and decode. disagg: a prefill pool, then a decode pool.',
    }),
    sim_seconds: positive()
      .optional()
      .meta({
        description: `Length of the run, seconds. Absent: ${DEFAULT_SIM_SECONDS}, or until the last request is done when a trace or arrival.max_requests ends the workload.`,
        examples: [DEFAULT_SIM_SECONDS],
      }),
    warmup_seconds: warmupSchema().default(60).meta({
      description:
        'Measurement starts here, seconds; below sim_seconds. auto: where MSER-5 starts in a pilot run of the same scenario.',
    }),
    random_seed: z.number().multipleOf(1).min(0).max(Number.MAX_SAFE_INTEGER).default(42).meta({
      description:
        'Seed of every random draw: the same seed and file give the same results on every machine.',
    }),
    arrival: arrivalSchema.prefault({}).meta({ description: 'When requests come.' }),
    prompt_tokens: tokenDistributionSchema.prefault({}).meta({
      description: 'Length of prompts: lognormal, as log (default), real_mean_std or p50_p90; or uniform.',
    }),
    output_tokens: tokenDistributionSchema.prefault({}).meta({
      description: 'Length of answers: lognormal, as log (default), real_mean_std or p50_p90; or uniform.',
    }),
    trace: traceSchema.optional().meta({
      description: 'Replay a recorded workload instead of arrival, prompt_tokens and output_tokens.',
      examples: [{ path: 'traces/azure-llm-2023-conv.csv' }],
    }),
    cluster_mono: z
      .discriminatedUnion('model', [monoTokenRateSchema, monoStepsSchema])
      .prefault({})
      .meta({ description: 'The cluster of mode: mono.' }),
    cluster_disagg: z
      .discriminatedUnion('model', [disaggTokenRateSchema, disaggStepsSchema])
      .prefault({})
      .meta({ description: 'The cluster of mode: disagg.' }),
    slo: sloSchema.optional().meta({
      description: 'Targets of a request; goodput counts the requests that meet them.',
      examples: [{ ttft_s: 0.5, tpot_s: 0.05 }],
    }),
    quantiles: z.enum(['exact', 'histogram']).default('exact').meta({
      description: 'exact keeps every sample; histogram keeps none, needs constant memory and errs slightly.',
    }),
  })
  .check(warmupBelowSimSeconds, warmupBelowDefault);

/** A scenario as a file may write it: every key optional. */
export type ScenarioInput = z.input<typeof fileSchema>;

type Written = z.output<typeof fileSchema>;

/** The keys of a workload drawn from distributions. */
export type DrawnWorkload = Pick<Written, 'arrival' | 'prompt_tokens' | 'output_tokens'>;

/** A workload is a trace or distributions, never both. */
type WorkloadKeys =
  | ({ trace: TraceReference } & { [key in keyof DrawnWorkload]?: never })
  | ({ trace?: never } & DrawnWorkload);

/**
 * A valid scenario, defaults filled in, under the names of the file: seconds, tokens, bytes.
 * `sim_seconds` is absent when the run goes on until the last request is done.
 */
export type ScenarioConfig = Omit<Written, 'trace' | keyof DrawnWorkload> & WorkloadKeys;

/** Fills in what depends on other keys, in the order of the file: the run's length, and no distributions beside a trace. */
export function settled(written: Written): ScenarioConfig {
  const { mode, warmup_seconds, random_seed, arrival, prompt_tokens, output_tokens, trace } = written;
  const { cluster_mono, cluster_disagg, slo, quantiles } = written;
  const sim_seconds = written.sim_seconds ?? (endsByItself(written) ? undefined : DEFAULT_SIM_SECONDS);
  return {
    mode,
    ...(sim_seconds === undefined ? {} : { sim_seconds }),
    warmup_seconds,
    random_seed,
    ...(trace === undefined ? { arrival, prompt_tokens, output_tokens } : { trace }),
    cluster_mono: settledMono(cluster_mono),
    cluster_disagg: settledDisagg(cluster_disagg),
    ...(slo === undefined ? {} : { slo }),
    quantiles,
  };
}
