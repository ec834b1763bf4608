/**
 * A scenario with another number of servers, another rate, or other hardware. Knows no search.
 */
import type { ScenarioConfig } from '@llmsim/config';

type Mode = ScenarioConfig['mode'];

/** The cluster of `mode` with these servers: of the one pool, or of prefill and decode. */
export function withServers(config: ScenarioConfig, mode: Mode, servers: readonly number[]): ScenarioConfig {
  const [first = 1, second = 1] = servers;
  const { cluster_mono, cluster_disagg } = config;
  if (mode === 'mono') {
    const sized =
      cluster_mono.model === 'steps'
        ? { ...cluster_mono, replicas: first }
        : { ...cluster_mono, num_gpus: first };
    return { ...config, mode, cluster_mono: sized };
  }
  const sized =
    cluster_disagg.model === 'steps'
      ? { ...cluster_disagg, prefill_replicas: first, decode_replicas: second }
      : { ...cluster_disagg, prefill_gpus: first, decode_gpus: second };
  return { ...config, mode, cluster_disagg: sized };
}

export function withSeed(config: ScenarioConfig, random_seed: number): ScenarioConfig {
  return { ...config, random_seed };
}

/** The same requests `factor` times as often; a trace is replayed so much faster. */
export function fasterBy(config: ScenarioConfig, factor: number): ScenarioConfig {
  if (config.trace !== undefined) {
    const { time_scale = 1 } = config.trace;
    return { ...config, trace: { ...config.trace, time_scale: time_scale / factor } };
  }
  const { arrival } = config;
  if (arrival.process === 'closed_loop') return config;
  return { ...config, arrival: { ...arrival, rate_per_s: arrival.rate_per_s * factor } };
}

/** How much further apart requests stand at no load. */
const FAR_APART = 1e6;

/**
 * The same requests so far apart that none meets another, in a window that holds the same ones: time is stretched as
 * a whole, and the cluster is not. With `warmup_seconds: auto` all of them: where nobody meets, nothing fills up.
 */
export function unloaded(config: ScenarioConfig): ScenarioConfig {
  const { sim_seconds, warmup_seconds } = config;
  return {
    ...fasterBy(config, 1 / FAR_APART),
    ...(sim_seconds === undefined ? {} : { sim_seconds: sim_seconds * FAR_APART }),
    warmup_seconds: warmup_seconds === 'auto' ? 0 : warmup_seconds * FAR_APART,
  };
}

/** Servers of each pool of the cluster of `mode`. */
export function serversOf({ cluster_mono, cluster_disagg }: ScenarioConfig, mode: Mode): number[] {
  if (mode === 'mono')
    return [cluster_mono.model === 'steps' ? cluster_mono.replicas : cluster_mono.num_gpus];
  return cluster_disagg.model === 'steps'
    ? [cluster_disagg.prefill_replicas, cluster_disagg.decode_replicas]
    : [cluster_disagg.prefill_gpus, cluster_disagg.decode_gpus];
}
