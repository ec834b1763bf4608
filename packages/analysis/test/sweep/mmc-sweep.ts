/** Sweeps over clusters that are M/M/c queues but for whole tokens: known answers. */
import { constant, exponential, monolithic, type SimulationPlan, tokens } from '@llmsim/engine';
import { findReading, type NamedReading, type SweepAxis, type SweepQuestion } from '../../src/index.ts';

export interface MmcCell {
  readonly rate_per_s: number;
  readonly seed: number;
}

export const SERVICE_S = 0.5;
export const SERVERS = 4;
export const TARGET_S = 0.6;
/** Seconds of one token: what TTFT has besides the wait, twice. */
export const TOKEN_S = 1e-4;

/** c servers, service 0.5 s on average, prompts of one token. */
export function mmcPlan({ rate_per_s, seed }: MmcCell, sim_seconds = 2000): SimulationPlan {
  return {
    seed,
    sim_seconds,
    warmup_seconds: sim_seconds / 20,
    workload: {
      kind: 'generated',
      interarrival_s: exponential(rate_per_s),
      prompt_tokens: constant(1),
      output_tokens: tokens(exponential(TOKEN_S / SERVICE_S)),
    },
    architecture: monolithic({
      num_gpus: SERVERS,
      prefill_tokens_per_s: 1 / TOKEN_S,
      decode_tokens_per_s: 1 / TOKEN_S,
    }),
    slo: { ttft_s: TARGET_S },
  };
}

export function reading(key: string): NamedReading {
  const found = findReading(key);
  if (found === undefined) throw new Error(`no reading ${key}`);
  return found;
}

export function rateAxis(values: readonly number[]): SweepAxis {
  return { key: 'arrival.rate_per_s', label: 'rate_per_s', unit: 'req/s', values, texts: values.map(String) };
}

export function rateSweep(values: readonly number[], seeds: readonly number[]): SweepQuestion<MmcCell> {
  return {
    axes: [rateAxis(values)],
    x: 0,
    x_is_load: true,
    metrics: [reading('ttft_s.mean'), reading('ttft_s.p99')],
    seeds,
    early_stop: true,
    cellOf: ([step = 0], seed) => ({ rate_per_s: values[step] ?? 0, seed }),
  };
}
