/** The two clusters the benchmarks run: 100 requests a second on 355 GPUs. */
import {
  type Architecture,
  disaggregated,
  exponential,
  lognormal,
  monolithic,
  type SimulationPlan,
  tokens,
} from '../src/index.ts';

const rates = { prefill_tokens_per_s: 10_000, decode_tokens_per_s: 100 };

/** Lognormal parameters of a given mean and standard deviation. */
function fromMeanStd(mean: number, std: number): { mu: number; sigma: number } {
  const variance = Math.log(1 + (std / mean) ** 2);
  return { mu: Math.log(mean) - variance / 2, sigma: Math.sqrt(variance) };
}

const promptLaw = fromMeanStd(1024, 512);
const outputLaw = fromMeanStd(256, 128);
const RATE_PER_S = 100;

const architectures: Readonly<Record<'mono' | 'disagg', Architecture>> = {
  mono: monolithic({ num_gpus: 355, ...rates }),
  disagg: disaggregated({ prefill_gpus: 14, decode_gpus: 341, ...rates }),
};

export function benchPlan(mode: 'mono' | 'disagg', requests: number): SimulationPlan {
  return {
    seed: 1,
    quantiles: 'histogram',
    workload: {
      kind: 'generated',
      interarrival_s: exponential(RATE_PER_S),
      prompt_tokens: tokens(lognormal(promptLaw)),
      output_tokens: tokens(lognormal(outputLaw)),
      max_requests: requests,
    },
    architecture: architectures[mode],
  };
}
