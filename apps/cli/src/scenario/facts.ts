/**
 * What a scenario means once merged, before any run: requests to expect, lengths in log and real space, the load on
 * each pool. Knows no layout.
 */
import {
  clusterHardware,
  estimate,
  type PoolHardware,
  type PoolLoad,
  p50P90FromLogSpace,
  poolLoads,
  type ScenarioConfig,
  type WarmupSeconds,
} from '@llmsim/config';
import type { ReplayWorkload } from '@llmsim/engine';
import { type LengthEcho, type OfferedLoad, offeredLoad } from './offered-load.ts';

export interface LengthFacts extends LengthEcho {
  /** Median and 90th percentile of the law, tokens; null for what is not lognormal. */
  readonly percentiles: { readonly p50: number; readonly p90: number } | null;
}

export interface ScenarioFacts {
  readonly mode: ScenarioConfig['mode'];
  readonly random_seed: number;
  /** Null: until the last request is done. */
  readonly sim_seconds: number | null;
  readonly warmup_seconds: WarmupSeconds;
  /** Where the requests come from: the law of the gaps, the clients that wait, or the trace's path. */
  readonly arrivals: string;
  readonly arrival_rate_per_s: OfferedLoad['rate_per_s'];
  /** Requests to expect over the whole run. */
  readonly expected_requests: number;
  /** Memory that will grow with requests, bytes. */
  readonly expected_bytes: number;
  readonly prompt_tokens: LengthFacts;
  readonly output_tokens: LengthFacts;
  readonly pools: readonly PoolLoad[];
  /** What each pool of the step model runs on, where the file names it. */
  readonly hardware: readonly PoolHardware[];
  readonly slo: ScenarioConfig['slo'] | null;
}

export function factsOf(config: ScenarioConfig, trace: ReplayWorkload | null): ScenarioFacts {
  const offered = offeredLoad(config, trace);
  const { requests, bytes } = estimate(config, trace === null ? {} : { trace });
  const means = {
    prompt_tokens: offered.prompt_tokens.real.mean,
    output_tokens: offered.output_tokens.real.mean,
  };
  return {
    mode: config.mode,
    random_seed: config.random_seed,
    sim_seconds: config.sim_seconds ?? null,
    warmup_seconds: config.warmup_seconds,
    arrivals: arrivalsOf(config),
    arrival_rate_per_s: offered.rate_per_s,
    expected_requests: requests,
    expected_bytes: bytes,
    prompt_tokens: lengthFacts(offered.prompt_tokens),
    output_tokens: lengthFacts(offered.output_tokens),
    pools: offered.rate_per_s === null ? [] : poolLoads(config, offered.rate_per_s, means),
    hardware: clusterHardware(config),
    slo: config.slo ?? null,
  };
}

function arrivalsOf({ trace, arrival }: ScenarioConfig): string {
  if (trace !== undefined) return trace.path;
  return arrival.process === 'closed_loop' ? `closed loop of ${arrival.concurrency}` : arrival.process;
}

function lengthFacts({ log, real }: LengthEcho): LengthFacts {
  return { log, real, percentiles: log === null ? null : p50P90FromLogSpace(log) };
}
