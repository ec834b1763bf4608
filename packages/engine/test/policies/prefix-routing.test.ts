/** Routing by prefix: what the router is told of caches, what it makes of it, and what that is worth. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  batchedMonolithic,
  leastOutstanding,
  prefixRouting,
  type ReplicaView,
  type RoutingPolicy,
  roundRobin,
  simulate,
} from '../../src/index.ts';
import { engineRun, planOf } from '../replica/engine-run.ts';
import { plainStepLoop } from '../replica/plain-step-loop.ts';
import { monoReuse } from '../replica/reuse-scenarios.ts';
import { clusterOf } from '../replica/scenario.ts';
import type { Scenario } from '../replica/scenarios.ts';

const request = { id: 0, turn: 0, prompt_tokens: 1000, session: -1 };

function choice(replicas: ReadonlyArray<readonly [requests: number, cached: number]>): number {
  const views = replicas.map(
    ([outstanding_requests, cached_prompt_tokens]): ReplicaView => ({
      outstanding_requests,
      outstanding_tokens: 0,
      cached_prompt_tokens,
    }),
  );
  return prefixRouting()(views, request, () => 0);
}

describe('prefix routing', () => {
  it.each([
    [
      'the longest prefix, however busy',
      [
        [0, 128],
        [9, 512],
        [0, 496],
      ],
      1,
    ],
    [
      'of equal prefixes, the fewest requests',
      [
        [3, 512],
        [2, 512],
        [2, 512],
        [0, 0],
      ],
      1,
    ],
    [
      'the fewest requests where all hits are small',
      [
        [3, 99],
        [2, 0],
        [1, 16],
        [1, 99],
      ],
      2,
    ],
    [
      'a tenth of the prompt, which is not small',
      [
        [3, 100],
        [0, 0],
      ],
      0,
    ],
    [
      'the first of replicas that know nothing',
      [
        [0, 0],
        [0, 0],
      ],
      0,
    ],
  ] as const)('takes %s', (_, replicas, expected) => {
    expect(choice(replicas)).toBe(expected);
  });
});

/** What the router is shown of each replica for each request, in a run that goes round. */
function shown({ cluster, workload }: Scenario, routing_refresh_s: number): number[][] {
  const seen: number[][] = [];
  const witness: RoutingPolicy = (replicas, { turn }) => {
    seen.push(replicas.map(({ cached_prompt_tokens }) => cached_prompt_tokens));
    return turn % replicas.length;
  };
  const { replica, replicas } = cluster;
  const routing = { routing: witness, routing_refresh_s };
  simulate({
    ...planOf(cluster, workload),
    architecture: batchedMonolithic({ replica, replicas, ...routing }),
  });
  return seen;
}

/** The same from the plain loop, whose caches are copied at every multiple of the refresh time. */
function known({ cluster, workload }: Scenario, routing_refresh_s: number): number[][] {
  const seen: number[][] = [];
  let copies: ReadonlyArray<ReadonlySet<string>> = [];
  plainStepLoop(
    cluster,
    workload,
    (now, replicas, _, next) => {
      const due = Math.floor(next / routing_refresh_s) > Math.floor(now / routing_refresh_s);
      if (routing_refresh_s > 0 && due) copies = replicas.map(({ kv }) => kv.names);
    },
    ({ names, prompt_tokens }, replicas) => {
      const found = replicas.map(({ kv, spec: { block_size } }, at) => {
        const there = routing_refresh_s === 0 ? kv.names : (copies[at] ?? new Set<string>());
        const most = names.slice(0, Math.floor((prompt_tokens - 1) / block_size));
        const missing = most.findIndex((name) => !there.has(name));
        return (missing < 0 ? most.length : missing) * block_size;
      });
      seen.push(found);
    },
  );
  return seen;
}

describe('what a router is told of caches', () => {
  it.each([0, 0.05 * Math.sqrt(53), 0.7 * Math.sqrt(53), 50 * Math.sqrt(53)])(
    'is what they held %d s ago at most',
    (refresh_s) =>
      fc.assert(
        fc.property(monoReuse(20), (scenario) => {
          if (scenario.cluster.replica.enable_prefix_caching !== true) return;
          expect(shown(scenario, refresh_s)).toEqual(known(scenario, refresh_s));
        }),
        { numRuns: 150 },
      ),
  );
});

/** Conversations of eight turns, each prompt the last one and more, that take turns on four replicas. */
const turns = Array.from({ length: 328 }, (_, row) => {
  const [talk, turn] = [row % 41, Math.floor(row / 41)];
  return {
    arrival_s: row * 0.01,
    prompt_tokens: 128 * (turn + 1),
    output_tokens: 40,
    hash_ids: Array.from({ length: turn + 1 }, (_, part) => talk * 8 + part),
  };
});
const talks = clusterOf(
  'mono',
  {
    max_num_seqs: 16,
    max_num_batched_tokens: 2048,
    enable_chunked_prefill: true,
    block_size: 16,
    enable_prefix_caching: true,
    step_time: {
      base_s: 0.006,
      prefill_token_s: 5e-5,
      decode_seq_s: 2e-5,
      decode_context_token_s: 2e-8,
      prefill_attention_s: 1e-9,
    },
  },
  4,
  { hashed_tokens: 128 },
);

function hitRate(routing: RoutingPolicy, routing_refresh_s = 0): number {
  const plan = planOf(talks, turns);
  const architecture = batchedMonolithic({ ...talks, routing, routing_refresh_s });
  return simulate({ ...plan, architecture }).report.pools[0]?.batching?.prefix_hit_rate ?? Number.NaN;
}

describe('conversations', () => {
  it('find all that one replica would, and more than where they are spread by load', () => {
    const alone = engineRun({ ...talks, replicas: 1 }, turns).result.report.pools[0]?.batching
      ?.prefix_hit_rate;
    expect(hitRate(prefixRouting())).toBe(alone);
    expect(hitRate(leastOutstanding())).toBeLessThan(0.8 * (alone ?? 0));
  });

  it('find less the older the news is, and with none at all what routing by load finds', () => {
    const rates = [0, 1.5, 1000].map((age) => hitRate(prefixRouting(), age));
    expect(rates[0]).toBeGreaterThan(rates[1] ?? Number.NaN);
    expect(rates[1]).toBeGreaterThan(rates[2] ?? Number.NaN);
    expect(rates[2]).toBe(hitRate(leastOutstanding(), 1000));
  });

  it('are told nothing where no prefixes are kept: the run is that of routing by load', () => {
    const off = { ...talks, replica: { ...talks.replica, enable_prefix_caching: false } };
    const report = (routing: RoutingPolicy) =>
      simulate({ ...planOf(off, turns), architecture: batchedMonolithic({ ...off, routing }) }).report;
    expect(report(prefixRouting())).toEqual(report(leastOutstanding()));
    expect(report(roundRobin()).pools[0]?.batching?.prefix_hit_rate).toBeNull();
  });
});
