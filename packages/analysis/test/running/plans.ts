/** Small plans for tests of running: one server, exponential gaps and lengths. */
import { exponential, monolithic, type SimulationPlan, tokens } from '@llmsim/engine';

export interface SmallCell {
  readonly rate_per_s: number;
  readonly seed: number;
  readonly sim_seconds?: number;
}

/** A queue that serves 10 requests a second. */
export function smallPlan({ rate_per_s, seed, sim_seconds = 50 }: SmallCell): SimulationPlan {
  return {
    seed,
    sim_seconds,
    workload: {
      kind: 'generated',
      interarrival_s: exponential(rate_per_s),
      prompt_tokens: tokens(exponential(1 / 800)),
      output_tokens: tokens(exponential(1 / 200)),
    },
    architecture: monolithic({ num_gpus: 1, prefill_tokens_per_s: 16_000, decode_tokens_per_s: 4000 }),
  };
}
