/** What holds of every run that reuses KV, and what reuse that finds nothing must not change. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchedDisaggregated, type ReplicaSpec, Simulation, simulate } from '../../src/index.ts';
import { bytesOf } from '../support/bytes.ts';
import { sum } from '../support/numbers.ts';
import { batchingOf, engineRun, planOf } from './engine-run.ts';
import { disaggReuse, monoReuse } from './reuse-scenarios.ts';
import { type Cluster, clusterOf } from './scenario.ts';
import { disaggScenario, monoScenario, type Scenario } from './scenarios.ts';

const anyReuse = fc.oneof(monoReuse(25), disaggReuse(25));

function withReplicas(cluster: Cluster, change: (spec: ReplicaSpec) => ReplicaSpec): Cluster {
  const { replica, prefill_replica, decode_replica } = cluster;
  return {
    ...cluster,
    replica: change(replica),
    prefill_replica: change(prefill_replica),
    decode_replica: change(decode_replica),
  };
}

function unlimited({ num_gpu_blocks: _, ...spec }: ReplicaSpec): ReplicaSpec {
  return spec;
}

/** Prompt tokens computed in the pool that prefills, chunk by chunk. */
function prefilled({ cluster, workload }: Scenario): number {
  const { prefix_hit_rate } = batchingOf(engineRun(cluster, workload).result)[0] ?? {};
  const prompts = sum(workload.map(({ prompt_tokens }) => prompt_tokens));
  return prompts * (1 - (prefix_hit_rate ?? 0));
}

describe('reuse', () => {
  it('completes everybody who could ever fit, like computing everything', () =>
    fc.assert(
      fc.property(anyReuse, ({ cluster, workload }) => {
        const plain = withReplicas(
          cluster,
          ({ preemption: _, host_link: __, host_blocks: ___, ...spec }) => ({
            ...spec,
            enable_prefix_caching: false,
          }),
        );
        const outcomes = (of: Cluster) => engineRun(of, workload).rows.map(({ outcome }) => outcome);
        expect(outcomes(cluster)).toEqual(outcomes(plain));
      }),
      { numRuns: 150 },
    ));

  it('brings back whoever it takes out, byte for byte, once all is done', () =>
    fc.assert(
      fc.property(anyReuse, ({ cluster, workload }) => {
        for (const batching of batchingOf(engineRun(cluster, workload).result)) {
          expect(batching.swaps_in).toBe(batching.swaps_out);
          expect(batching.swapped_in_bytes).toBe(batching.swapped_out_bytes);
          expect(batching.swaps_out ?? 0).toBeLessThanOrEqual(batching.preemptions);
        }
      }),
      { numRuns: 150 },
    ));

  it('never computes more prompt tokens with a cache without bounds, and always at least one of each', () =>
    fc.assert(
      fc.property(anyReuse, ({ cluster, workload }) => {
        const caching = { ...cluster, ...withReplicas(cluster, unlimited) };
        const computed = prefilled({ cluster: caching, workload });
        expect(computed).toBeLessThanOrEqual(sum(workload.map(({ prompt_tokens }) => prompt_tokens)) + 1e-6);
        expect(computed).toBeGreaterThanOrEqual(workload.length - 1e-6);
      }),
      { numRuns: 150 },
    ));
});

describe('to the bit, nothing changes', () => {
  const reportOf = (cluster: Cluster, { workload }: Scenario, hashed: boolean): string => {
    const rows = hashed ? workload : workload.map(({ hash_ids: _, ...row }) => row);
    const { requests, report } = simulate(planOf(cluster, rows));
    const pools = report.pools.map(({ batching, ...pool }) => ({ ...pool, steps: batching?.engine_steps }));
    return bytesOf({ requests, ttft_s: null, report: { ...report, pools: [] } }) + JSON.stringify(pools);
  };

  it('by hash ids that no replica looks at', () =>
    fc.assert(
      fc.property(monoReuse(25), (scenario) => {
        const off = withReplicas(scenario.cluster, (spec) => ({ ...spec, enable_prefix_caching: false }));
        expect(reportOf(off, scenario, true)).toBe(reportOf(off, scenario, false));
      }),
      { numRuns: 60 },
    ));

  it('by a cache for prompts of which nothing is known', () =>
    fc.assert(
      fc.property(fc.oneof(monoScenario(25), disaggScenario(25)), (scenario) => {
        const { cluster } = scenario;
        const on = (spec: ReplicaSpec): ReplicaSpec => ({ ...spec, enable_prefix_caching: true });
        const caching = {
          ...cluster,
          replica: on(cluster.replica),
          prefill_replica: on(cluster.prefill_replica),
        };
        expect(reportOf(caching, scenario, false)).toBe(reportOf(cluster, scenario, false));
      }),
      { numRuns: 60 },
    ));
});

const spec: ReplicaSpec = {
  max_num_seqs: 4,
  max_num_batched_tokens: 64,
  enable_chunked_prefill: true,
  block_size: 16,
  step_time: {
    base_s: 0.01,
    prefill_token_s: 0,
    decode_seq_s: 0,
    decode_context_token_s: 0,
    prefill_attention_s: 0,
  },
};
const host_link = { bandwidth_bytes_per_s: 1000, latency_s: 0.5, kv_bytes_per_token: 10 };

describe('a swap', () => {
  it('makes the batch wait for its copies, each latency and bytes over bandwidth', () => {
    // Each answer wants a second block of 16 tokens, and there are three in all.
    const swapping: ReplicaSpec = { ...spec, num_gpu_blocks: 3, preemption: 'swap', host_link };
    const workload = [
      { arrival_s: 0, prompt_tokens: 16, output_tokens: 10 },
      { arrival_s: 0, prompt_tokens: 16, output_tokens: 10 },
    ];
    const { rows, result } = engineRun(clusterOf('mono', swapping), workload);
    const copy_s = 0.5 + (16 * 10) / 1000;
    // The second is taken out in the second step, and back when the first is done after ten.
    expect(rows[0]?.completed_s).toBeCloseTo(0.1 + copy_s, 9);
    expect(rows[1]?.completed_s).toBeCloseTo(0.1 + copy_s + copy_s + 0.09, 9);
    expect(batchingOf(result)[0]).toMatchObject({
      preemptions: 1,
      swaps_out: 1,
      swaps_in: 1,
      swapped_out_bytes: 160,
      swapped_in_bytes: 160,
    });
  });

  it('without room on the host is a recomputation', () => {
    const tight: ReplicaSpec = { ...spec, num_gpu_blocks: 3 };
    const workload = [16, 32].map((prompt_tokens) => ({ arrival_s: 0, prompt_tokens, output_tokens: 10 }));
    const swapping: ReplicaSpec = { ...tight, preemption: 'swap', host_link, host_blocks: 1 };
    const { rows, result } = engineRun(clusterOf('mono', swapping), workload);
    expect(rows).toEqual(engineRun(clusterOf('mono', tight), workload).rows);
    expect(batchingOf(result)[0]).toMatchObject({ swaps_out: 0, host_link_utilization: 0 });
  });
});

describe('a replica that cannot be', () => {
  it.each<readonly [string, Partial<ReplicaSpec>, RegExp]>([
    ['swaps without a link', { preemption: 'swap' }, /preemption: swap needs host_link/],
    ['has a link and does not swap', { host_link }, /host_link and host_blocks need preemption: swap/],
    [
      'has no speed to the host',
      { preemption: 'swap', host_link: { ...host_link, bandwidth_bytes_per_s: 0 } },
      /host_link\.bandwidth_bytes_per_s must be positive, got 0/,
    ],
    [
      'swaps before time',
      { preemption: 'swap', host_link: { ...host_link, latency_s: -1 } },
      /host_link\.latency_s must be at least 0 and finite, got -1/,
    ],
    [
      'swaps half a block',
      { preemption: 'swap', host_link, host_blocks: 0.5 },
      /host_blocks must be a whole number of at least 1, got 0\.5/,
    ],
  ])('%s', (_, change, message) => {
    const cluster = clusterOf('mono', { ...spec, ...change });
    expect(() => new Simulation(planOf(cluster, []))).toThrow(message);
  });

  it('keeps prefixes and computes no prompts', () => {
    const cluster = clusterOf('disagg', spec, 1, {
      decode_replica: { ...spec, enable_prefix_caching: true },
    });
    expect(() => new Simulation(planOf(cluster, []))).toThrow(/Pool decode: enable_prefix_caching is for/);
  });
});

it('each pool may have a routing of its own', () => {
  const pools = { prefill_replicas: 3, decode_replicas: 3, prefill_replica: spec, decode_replica: spec };
  const simulation = new Simulation({
    workload: { kind: 'replay', arrival_s: [0, 1, 2], prompt_tokens: [9, 9, 9], output_tokens: [3, 3, 3] },
    architecture: batchedDisaggregated({
      ...pools,
      routing: () => 0,
      prefill_routing: () => 1,
      decode_routing: () => 2,
    }),
  });
  const replicas = new Set<string>();
  simulation.events.serviceStarts.subscribe(({ pool, gpu }) => replicas.add(`${pool} ${gpu}`));
  simulation.run();
  expect([...replicas]).toEqual(['prefill 1', 'decode 2']);
});
