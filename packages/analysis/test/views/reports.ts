/** Real runs that the views must show, from a quiet one to an empty one. */
import {
  batchedDisaggregated,
  batchedMonolithic,
  constant,
  disaggregated,
  exponential,
  lognormal,
  monolithic,
  type ReplicaSpec,
  type SimulationPlan,
  type SimulationResult,
  simulate,
  tokens,
} from '@llmsim/engine';

export const monoPlan: SimulationPlan = {
  seed: 42,
  sim_seconds: 300,
  warmup_seconds: 30,
  workload: {
    kind: 'generated',
    interarrival_s: exponential(6),
    prompt_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
    output_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
  },
  architecture: monolithic({ num_gpus: 4, prefill_tokens_per_s: 8000, decode_tokens_per_s: 2000 }),
  slo: { ttft_s: 0.5, tpot_s: 0.05 },
};

const cluster = { prefill_gpus: 1, decode_gpus: 3, prefill_tokens_per_s: 8000, decode_tokens_per_s: 2000 };
const link = { latency_s: 0.002, bandwidth_bytes_per_s: 25e9, kv_bytes_per_token: 131072 };
const { slo: _, ...withoutSlo } = monoPlan;
const nothing = { kind: 'replay', arrival_s: [], prompt_tokens: [], output_tokens: [] } as const;
const oneByOne = { kind: 'replay', arrival_s: [40], prompt_tokens: [100], output_tokens: [1] } as const;
const flood = {
  kind: 'generated',
  interarrival_s: exponential(60),
  prompt_tokens: constant(1000),
  output_tokens: constant(500),
} as const;

const replica: ReplicaSpec = {
  max_num_seqs: 64,
  max_num_batched_tokens: 2048,
  enable_chunked_prefill: true,
  block_size: 16,
  step_time: {
    base_s: 0.006,
    prefill_token_s: 5e-5,
    decode_seq_s: 2e-5,
    decode_context_token_s: 2e-8,
    prefill_attention_s: 1e-9,
  },
};
/** So few blocks that requests are preempted, and some never fit. */
const tight = { ...replica, num_gpu_blocks: 500 };
const replicaPools = {
  prefill_replicas: 2,
  decode_replicas: 2,
  prefill_replica: replica,
  decode_replica: { ...tight, tensor_parallel_size: 2 },
};

export const plans = {
  mono: monoPlan,
  steps: { ...monoPlan, architecture: batchedMonolithic({ replicas: 2, replica }) },
} satisfies Record<string, SimulationPlan>;

export const results = {
  mono: simulate(monoPlan),
  disagg: simulate({ ...monoPlan, architecture: disaggregated(cluster) }),
  disaggOverLink: simulate({ ...monoPlan, architecture: disaggregated({ ...cluster, link }) }),
  noSlo: simulate(withoutSlo),
  histogram: simulate({ ...monoPlan, quantiles: 'histogram' }),
  overloaded: simulate({ ...monoPlan, workload: flood }),
  oneRequest: simulate({ ...monoPlan, workload: oneByOne }),
  oneRequestDisagg: simulate({ ...monoPlan, workload: oneByOne, architecture: disaggregated(cluster) }),
  steps: simulate(plans.steps),
  stepsTight: simulate({ ...monoPlan, architecture: batchedMonolithic({ replicas: 2, replica: tight }) }),
  stepsDisagg: simulate({ ...monoPlan, architecture: batchedDisaggregated({ ...replicaPools, link }) }),
  empty: simulate({ ...monoPlan, workload: nothing }),
} satisfies Record<string, SimulationResult>;

export const named: readonly (readonly [name: string, result: SimulationResult])[] = Object.entries(results);
