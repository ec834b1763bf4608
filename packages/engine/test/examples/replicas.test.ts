/** Architectures of one's own on replicas: what they must have in common with the built-in ones. */
import {
  type Architecture,
  batchedBy,
  batchedDisaggregated,
  betweenPools,
  exponential,
  type KvLink,
  type ReplicaSpec,
  Simulation,
  type SimulationPlan,
  servedBy,
  simulate,
  transferredOver,
  uniformTokens,
} from '@llmsim/engine';
import { describe, expect, it } from 'vitest';
import { longPromptsApart } from './long-prompts-apart.ts';

const replica: ReplicaSpec = {
  max_num_seqs: 16,
  max_num_batched_tokens: 2048,
  enable_chunked_prefill: true,
  block_size: 16,
  num_gpu_blocks: 1000,
  step_time: {
    base_s: 0.01,
    prefill_token_s: 5e-5,
    decode_seq_s: 1e-4,
    decode_context_token_s: 1e-8,
    prefill_attention_s: 0,
  },
};

const link: KvLink = { latency_s: 0.002, bandwidth_bytes_per_s: 5e9, kv_bytes_per_token: 131_072 };

const plan: Omit<SimulationPlan, 'architecture'> = {
  seed: 1,
  keep_requests: true,
  workload: {
    kind: 'generated',
    max_requests: 300,
    interarrival_s: exponential(8),
    prompt_tokens: uniformTokens(100, 3000),
    output_tokens: uniformTokens(1, 200),
  },
};

type Ends = (...pools: Parameters<typeof betweenPools>) => ReturnType<typeof betweenPools> | undefined;

/** Two replicas of prefill, two of decode, as a user would write them. */
function twoAndTwo(over: KvLink | undefined, ends: Ends): Architecture {
  return {
    mode: 'disagg',
    flow: (arrivals, site) => {
      const prefill = site.replicas({ name: 'prefill', replicas: 2, replica, stage: 'prefill' });
      const decode = site.replicas({ name: 'decode', replicas: 2, replica, stage: 'decode' });
      return arrivals.pipe(
        batchedBy(prefill),
        transferredOver(over, site, ends(prefill, decode, site)),
        batchedBy(decode),
      );
    },
  };
}

describe('two pools of replicas in a flow of one’s own', () => {
  it.each<[string, KvLink | undefined]>([
    ['without a link', undefined],
    ['over a link', link],
    ['over a shared link', { ...link, sharing: 'fair' }],
    ['into reserved blocks', { ...link, sharing: 'fair', overlap: 'layerwise', layers: 8, reserve: true }],
  ])('are the built-in ones %s', (_, over) => {
    const size = {
      prefill_replicas: 2,
      decode_replicas: 2,
      prefill_replica: replica,
      decode_replica: replica,
    };
    const builtIn = batchedDisaggregated(over === undefined ? size : { ...size, link: over });
    const own = simulate({ ...plan, architecture: twoAndTwo(over, betweenPools) });
    expect(own).toEqual(simulate({ ...plan, architecture: builtIn }));
  });

  it.each([undefined, link])('give the blocks of prefilled prompts back without `ends` (link %#)', (over) => {
    const { report } = simulate({ ...plan, architecture: twoAndTwo(over, () => undefined) });
    expect(report.outcomes).toEqual({ arrivals: 300, completed: 300, rejected: 0, in_flight: 0 });
    expect(report.pools[0]?.batching?.max_kv_use).toBeLessThan(1);
  });

  it('say which operator routes when `servedBy` alone stands before replicas', () => {
    const flow: Architecture['flow'] = (arrivals, site) =>
      arrivals.pipe(
        servedBy(site.replicas({ name: 'r', replicas: 2, replica, stage: 'prefill_and_decode' })),
      );
    expect(() => simulate({ ...plan, architecture: { mode: 'unrouted', flow } })).toThrow(
      'A request comes to pool r without a replica: use batchedBy(pool) in the flow',
    );
  });
});

describe('long prompts apart', () => {
  const cluster = { prefill_replicas: 3, decode_replicas: 2, replica, link, longest_short_prompt: 2000 };

  it('keep the last prefill replica for long prompts', () => {
    const architecture = longPromptsApart({ ...cluster, longest_queue: 1000 });
    const run = new Simulation({ ...plan, architecture });
    const went = new Set<string>();
    run.events.prefillEnds.subscribe(({ gpu, prompt_tokens }) =>
      went.add(`${prompt_tokens > cluster.longest_short_prompt ? 'long' : 'short'} to ${gpu}`),
    );
    expect(run.run().report.outcomes.completed).toBe(300);
    expect([...went].sort()).toEqual(['long to 2', 'short to 0', 'short to 1']);
  });

  it('turn requests away while as many wait as may', () => {
    const architecture = longPromptsApart({ ...cluster, longest_queue: 2 });
    const workload = { ...plan.workload, interarrival_s: exponential(100) } as SimulationPlan['workload'];
    const { report } = simulate({ ...plan, workload, architecture });
    expect(report.outcomes.rejected).toBeGreaterThan(50);
    expect(report.outcomes.rejected + report.outcomes.completed).toBe(300);
    expect(report.pools[0]?.max_queue_length).toBeLessThanOrEqual(2);
  });
});
