/** Why a cluster fails, from real runs that fail in each way. */
import {
  batchedMonolithic,
  constant,
  exponential,
  roundRobin,
  type SimulationPlan,
  simulate,
} from '@llmsim/engine';
import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../src/planning/evidence.ts';
import { reasonOf } from '../../src/planning/reason.ts';

interface Case {
  readonly rate_per_s: number;
  readonly num_gpu_blocks?: number;
  readonly ttft_s?: number;
  readonly tpot_s?: number;
  readonly prompt_tokens?: number;
}

function planOf({
  rate_per_s,
  num_gpu_blocks,
  ttft_s = 10,
  tpot_s = 1,
  prompt_tokens = 320,
}: Case): SimulationPlan {
  return {
    seed: 1,
    sim_seconds: 120,
    warmup_seconds: 12,
    slo: { ttft_s, tpot_s },
    workload: {
      kind: 'generated',
      interarrival_s: exponential(rate_per_s),
      prompt_tokens: constant(prompt_tokens),
      output_tokens: constant(100),
    },
    architecture: batchedMonolithic({
      routing: roundRobin(),
      replicas: 1,
      replica: {
        max_num_seqs: 32,
        max_num_batched_tokens: 2048,
        enable_chunked_prefill: true,
        block_size: 16,
        ...(num_gpu_blocks === undefined ? {} : { num_gpu_blocks }),
        step_time: {
          base_s: 0.006,
          prefill_token_s: 5e-5,
          decode_seq_s: 2e-5,
          decode_context_token_s: 2e-8,
          prefill_attention_s: 1e-9,
        },
      },
    }),
  };
}

describe('the reason', () => {
  it.each<readonly [string, Case]>([
    ['ttft', { rate_per_s: 5, ttft_s: 0.02 }],
    ['tpot', { rate_per_s: 5, tpot_s: 0.006 }],
    ['overloaded', { rate_per_s: 200 }],
    // Blocks for some fifteen requests: they take them from each other.
    ['kv_capacity', { rate_per_s: 40, num_gpu_blocks: 400 }],
    // No replica can ever hold a request.
    ['kv_capacity', { rate_per_s: 5, num_gpu_blocks: 20 }],
  ])('is %s for %j', (reason, given) => {
    const evidence = evidenceOf([simulate(planOf(given)).report]);
    expect(evidence.attainment).toBeLessThan(0.9);
    expect(reasonOf(evidence)).toBe(reason);
  });
});
