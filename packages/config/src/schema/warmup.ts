/**
 * What `warmup_seconds` takes, and the rules that tie it to the length of the run. Knows no other key's meaning, and no
 * way to choose.
 */
import * as z from 'zod';
import { AUTO, type WarmupSeconds } from './auto-warm-up.ts';
import { notNegative } from './quantities.ts';
import { rule } from './rule.ts';

/** Length of a run whose file does not say it and whose workload does not end by itself, seconds. */
export const DEFAULT_SIM_SECONDS = 600;

export const warmupSchema = (): z.ZodUnion<[z.ZodNumber, z.ZodLiteral<typeof AUTO>]> =>
  z.union([notNegative(), z.literal(AUTO)]);

interface RunLength {
  readonly warmup_seconds: WarmupSeconds;
  readonly sim_seconds?: number | undefined;
}

interface RunEnd extends RunLength {
  readonly arrival: { readonly max_requests?: number | undefined };
  readonly trace?: object | undefined;
}

/** True when a run without `sim_seconds` ends by itself: with its trace or its last request. */
export function endsByItself({ arrival, trace }: Pick<RunEnd, 'arrival' | 'trace'>): boolean {
  return trace !== undefined || arrival.max_requests !== undefined;
}

export const warmupBelowSimSeconds: z.core.$ZodCheck<RunLength> = rule(
  ['warmup_seconds', 'sim_seconds'],
  ({ warmup_seconds, sim_seconds }: RunLength) =>
    sim_seconds === undefined || warmup_seconds === AUTO || warmup_seconds < sim_seconds
      ? null
      : {
          blame: 'warmup_seconds',
          besides: 'sim_seconds',
          message: `warmup_seconds must be below sim_seconds, got ${warmup_seconds} and ${sim_seconds}`,
          fix: 'Lower warmup_seconds or raise sim_seconds: nothing is measured before warmup_seconds.',
        },
);

export const warmupBelowDefault: z.core.$ZodCheck<RunEnd> = rule(
  ['warmup_seconds', 'sim_seconds', 'arrival', 'trace'],
  ({ warmup_seconds, sim_seconds, ...workload }: RunEnd) =>
    sim_seconds !== undefined ||
    endsByItself(workload) ||
    warmup_seconds === AUTO ||
    warmup_seconds < DEFAULT_SIM_SECONDS
      ? null
      : {
          blame: 'warmup_seconds',
          message: `warmup_seconds must be below sim_seconds, got ${warmup_seconds} and the default ${DEFAULT_SIM_SECONDS}`,
          fix: `Write sim_seconds above ${warmup_seconds}, or lower warmup_seconds.`,
        },
);
