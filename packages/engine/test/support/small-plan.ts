/** Four requests on one GPU, two seconds of service each: small enough to reckon by hand. */
import { monolithic, type SimulationPlan } from '../../src/index.ts';

export const smallPlan: SimulationPlan = {
  workload: {
    kind: 'replay',
    arrival_s: [0, 1, 2, 9],
    prompt_tokens: [1, 1, 1, 1],
    output_tokens: [1, 1, 1, 1],
  },
  architecture: monolithic({ num_gpus: 1, prefill_tokens_per_s: 1, decode_tokens_per_s: 1 }),
  keep_requests: true,
};
