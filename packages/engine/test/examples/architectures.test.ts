/** The example architectures do what they say, in numbers. */
import {
  constant,
  exponential,
  lognormal,
  monolithic,
  Simulation,
  type SimulationPlan,
  simulate,
  tokens,
} from '@llmsim/engine';
import { describe, expect, it } from 'vitest';
import { expectTheory, REPLICATIONS } from '../support/closed-forms.ts';
import { rowsOf } from '../support/rows.ts';
import { boundedQueue } from './bounded-queue.ts';
import { twoLanes } from './two-lanes.ts';

const RATES = { prefill_tokens_per_s: 1000, decode_tokens_per_s: 100 };

describe('two lanes', () => {
  const workload = {
    kind: 'generated',
    max_requests: 2000,
    interarrival_s: exponential(1),
    prompt_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
    output_tokens: constant(10),
  } as const;
  const lanes = { longest_short_prompt: 1000, short_gpus: 1, long_gpus: 2, ...RATES };
  const run = () => simulate({ seed: 3, keep_requests: true, workload, architecture: twoLanes(lanes) });

  it('serve each request in the lane of its prompt, as if the lane were alone', () => {
    const result = run();
    expect(result.report.pools.map(({ name }) => name)).toEqual(['short', 'long']);
    expect(result.report.outcomes).toEqual({ arrivals: 2000, completed: 2000, rejected: 0, in_flight: 0 });
    const rows = rowsOf(result);
    for (const [isShort, num_gpus] of [
      [true, lanes.short_gpus],
      [false, lanes.long_gpus],
    ] as const) {
      const lane = rows.filter((row) => row.prompt_tokens <= lanes.longest_short_prompt === isShort);
      const alone = simulate({
        keep_requests: true,
        workload: {
          kind: 'replay',
          arrival_s: lane.map((row) => row.arrival_s),
          prompt_tokens: lane.map((row) => row.prompt_tokens),
          output_tokens: lane.map((row) => row.output_tokens),
        },
        architecture: monolithic({ num_gpus, ...RATES }),
      });
      expect(lane.map((row) => row.completed_s)).toEqual(rowsOf(alone).map((row) => row.completed_s));
    }
  });

  it('count every request in the report once', () => {
    const { report } = run();
    const waited = report.pools.map(({ waiting_s }) => waiting_s.count);
    expect((waited[0] ?? 0) + (waited[1] ?? 0)).toBe(2000);
    expect(Math.min(...waited)).toBeGreaterThan(100);
  });

  it('run a workload without a single request', () => {
    const nothing = { kind: 'replay', arrival_s: [], prompt_tokens: [], output_tokens: [] } as const;
    expect(simulate({ workload: nothing, architecture: twoLanes(lanes) }).report.outcomes.arrivals).toBe(0);
    const tooShort = simulate({ sim_seconds: 1e-9, workload, architecture: twoLanes(lanes) });
    expect(tooShort.report.outcomes.arrivals).toBe(0);
  });
});

describe('a bounded queue', () => {
  it('turns away who finds it full, and only these', () => {
    const plan: SimulationPlan = {
      keep_requests: true,
      // A second of service each; a queue of one.
      workload: {
        kind: 'replay',
        arrival_s: [0, 0.25, 0.5, 1, 1.5, 2, 5],
        prompt_tokens: new Array(7).fill(990),
        output_tokens: new Array(7).fill(1),
      },
      architecture: boundedQueue({ num_gpus: 1, ...RATES }, 1),
      slo: { ttft_s: 10 },
    };
    const run = new Simulation(plan);
    const rejected: Array<readonly [id: number, time_s: number]> = [];
    run.events.rejections.subscribe(({ id, time_s }) => rejected.push([id, time_s]));
    const result = run.run();
    expect(rejected).toEqual([
      [2, 0.5],
      [4, 1.5],
    ]);
    expect(rowsOf(result).map(({ outcome }) => outcome)).toEqual([
      'completed',
      'completed',
      'rejected',
      'completed',
      'rejected',
      'completed',
      'completed',
    ]);
    expect(result.report.outcomes).toEqual({ arrivals: 7, completed: 5, rejected: 2, in_flight: 0 });
    // A rejected request misses the SLO that every other meets.
    expect(result.report.slo).toMatchObject({ judged: 7, met: 5 });
    expect(result.report.pools[0]?.max_queue_length).toBe(1);
    expect(rowsOf(result)[2]).toMatchObject({ prefill_start_s: Number.NaN, completed_s: Number.NaN });
  });

  it('without a queue loses the share that Erlang calculated', () => {
    // B(4, 3), insensitive to the law of service.
    const erlangB = 3 ** 4 / 24 / (1 + 3 + 9 / 2 + 27 / 6 + 81 / 24);
    const losses = Array.from({ length: REPLICATIONS }, (_, seed) => {
      const { outcomes } = simulate({
        seed,
        sim_seconds: 5000,
        workload: {
          kind: 'generated',
          interarrival_s: exponential(3),
          prompt_tokens: tokens(lognormal({ mu: Math.log(1000) - 0.5, sigma: 1 })),
          output_tokens: constant(1),
        },
        architecture: boundedQueue({ num_gpus: 4, prefill_tokens_per_s: 1000, decode_tokens_per_s: 1e9 }, 0),
      }).report;
      return outcomes.rejected / outcomes.arrivals;
    });
    // Whole tokens make services 0.5 ms shorter, by which the loss hardly moves.
    expectTheory(losses, erlangB, 'share lost');
  });
});
