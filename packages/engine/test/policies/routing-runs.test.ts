/** Routing in whole runs: what it changes, what it must not change, and what it is refused for. */
import { describe, expect, it } from 'vitest';
import {
  type BatchedMonolithicCluster,
  batchedDisaggregated,
  batchedMonolithic,
  exponential,
  leastOutstanding,
  leastTokens,
  lognormal,
  powerOfTwo,
  type ReplicaSpec,
  type RoutingPolicy,
  randomRouting,
  roundRobin,
  Simulation,
  type SimulationPlan,
  sessionRouting,
  simulate,
  tokens,
} from '../../src/index.ts';
import { bytesOf } from '../support/bytes.ts';
import { mean } from '../support/numbers.ts';

const replica: ReplicaSpec = {
  max_num_seqs: 16,
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

const policies: Readonly<Record<string, () => RoutingPolicy>> = {
  roundRobin,
  randomRouting,
  leastOutstanding,
  leastTokens,
  powerOfTwo,
  sessionRouting,
};

const SESSIONS = 37;
const drawn = {
  kind: 'generated',
  interarrival_s: exponential(60),
  prompt_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
  output_tokens: tokens(lognormal({ mu: 4, sigma: 1 })),
} as const;

function planOf(routing: Pick<BatchedMonolithicCluster, 'routing' | 'routing_refresh_s'>, seed = 1) {
  return {
    seed,
    sim_seconds: 60,
    keep_requests: true,
    workload: drawn,
    architecture: batchedMonolithic({ replicas: 4, replica, ...routing }),
  } satisfies SimulationPlan;
}

describe('routing', () => {
  it.each(Object.entries(policies))('by %s repeats itself, run after run and in slices', (_, policy) => {
    for (const routing_refresh_s of [0, 0.7]) {
      const plan = planOf({ routing: policy(), routing_refresh_s });
      const bytes = bytesOf(simulate(plan));
      expect(bytesOf(simulate(plan))).toBe(bytes);
      const sliced = new Simulation(plan);
      while (!sliced.advance(17).done);
      expect(bytesOf(sliced.result())).toBe(bytes);
    }
  });

  it('leaves the workload bit-identical', () => {
    const workloadOf = (routing: RoutingPolicy): unknown => {
      const { requests } = simulate(planOf({ routing }));
      return [requests?.arrival_s, requests?.prompt_tokens, requests?.output_tokens];
    };
    const expected = workloadOf(roundRobin());
    for (const policy of Object.values(policies)) expect(workloadOf(policy())).toEqual(expected);
  });

  it('is round robin unless told otherwise', () => {
    expect(bytesOf(simulate(planOf({})))).toBe(bytesOf(simulate(planOf({ routing: roundRobin() }))));
  });

  it('sends nobody elsewhere when there is one replica', () => {
    const alone = (routing: RoutingPolicy) =>
      bytesOf(
        simulate({ ...planOf({}), architecture: batchedMonolithic({ replicas: 1, replica, routing }) }),
      );
    const expected = alone(roundRobin());
    for (const policy of Object.values(policies)) expect(alone(policy())).toBe(expected);
  });

  it('at random draws for each pool on its own: more decode replicas leave the prefill choices as they were', () => {
    const prefillChoices = (decode_replicas: number): number[] => {
      const simulation = new Simulation({
        ...planOf({}),
        architecture: batchedDisaggregated({
          prefill_replicas: 4,
          decode_replicas,
          prefill_replica: replica,
          decode_replica: replica,
          routing: randomRouting(),
        }),
      });
      const choices: number[] = [];
      simulation.events.serviceStarts.subscribe(({ pool, id, gpu }) => {
        if (pool === 'prefill') choices[id] = gpu;
      });
      simulation.run();
      return choices;
    };
    const few = prefillChoices(2);
    const many = prefillChoices(5);
    const common = Math.min(few.length, many.length);
    expect(common).toBeGreaterThan(3000);
    expect(many.slice(0, common)).toEqual(few.slice(0, common));
  });

  it('by session keeps each on one replica, and uses all of them', () => {
    const rows = 600;
    const simulation = new Simulation({
      architecture: batchedMonolithic({ replicas: 4, replica, routing: sessionRouting() }),
      workload: {
        kind: 'replay',
        arrival_s: Float64Array.from({ length: rows }, (_, row) => row / 50),
        prompt_tokens: new Int32Array(rows).fill(200),
        output_tokens: new Int32Array(rows).fill(30),
        session: Int32Array.from({ length: rows }, (_, row) => (row * 7) % SESSIONS),
      },
    });
    const replicasOf = new Map<number, Set<number>>();
    simulation.events.serviceStarts.subscribe(({ id, gpu }) => {
      const session = (id * 7) % SESSIONS;
      replicasOf.set(session, (replicasOf.get(session) ?? new Set()).add(gpu));
    });
    simulation.run();
    expect(replicasOf.size).toBe(SESSIONS);
    for (const replicas of replicasOf.values()) expect(replicas.size).toBe(1);
    expect(new Set([...replicasOf.values()].flatMap((replicas) => [...replicas])).size).toBe(4);
  });
});

describe('what is seen of the load', () => {
  /** Mean queue of eight replicas that run four requests each, at three quarters of their capacity. */
  const queue = (routing: RoutingPolicy, routing_refresh_s = 0): number =>
    mean(
      [1, 2, 3, 4, 5].map((seed) => {
        const { report } = simulate({
          ...planOf({}, seed),
          workload: { ...drawn, interarrival_s: exponential(35) },
          architecture: batchedMonolithic({
            replicas: 8,
            replica: { ...replica, max_num_seqs: 4 },
            routing,
            routing_refresh_s,
          }),
        });
        return report.pools[0]?.mean_queue_length ?? Number.NaN;
      }),
    );

  it('pays: two choices leave less than a quarter of the queue of one, all choices less than two', () => {
    const random = queue(randomRouting());
    const two = queue(powerOfTwo());
    const all = queue(leastOutstanding());
    expect(two).toBeLessThan(random / 4);
    expect(all).toBeLessThan(two);
    expect(queue(leastTokens())).toBeLessThan(queue(roundRobin()));
    expect(queue(roundRobin())).toBeLessThan(random);
  });

  it('pays less the older it is', () => {
    const [fresh, second, tenSeconds] = [0, 1, 10].map((age) => queue(leastOutstanding(), age));
    expect(fresh).toBeLessThan(second ?? Number.NaN);
    expect(second).toBeLessThan(tenSeconds ?? Number.NaN);
  });
});

describe('a routing that cannot be', () => {
  it.each([
    [4, /Pool replica: routing must give a replica from 0 to 3, gave 4/],
    [-1, /gave -1/],
    [0.5, /gave 0\.5/],
    [Number.NaN, /gave NaN/],
  ])('to replica %d ends the run', (chosen, message) => {
    expect(() => simulate(planOf({ routing: () => chosen }))).toThrow(message);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])(
    'with views refreshed every %d s is refused',
    (every) => {
      const message = /Pool replica: routing_refresh_s must be at least 0 and finite/;
      expect(() => simulate(planOf({ routing_refresh_s: every }))).toThrow(message);
    },
  );
});
