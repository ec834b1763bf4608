/** What the stream of pool states says, added up over time, is what the report says of the pools. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PoolState, SimulationReport } from '../../src/index.ts';
import { engineRun } from '../replica/engine-run.ts';
import { anyScenario as anyBatched } from '../replica/scenarios.ts';
import { expectClose, sum } from '../support/numbers.ts';
import { anyScenario } from '../support/plans.ts';
import { runWatched } from '../support/watch.ts';

type Level = 'busy' | 'waiting';

/** Time integral of a level from the first state to `end_s`. */
function area(states: readonly PoolState[], level: Level, end_s: number): number {
  return sum(
    states.map((state, k) => {
      const until = Math.min(states[k + 1]?.time_s ?? end_s, end_s);
      return state[level] * Math.max(until - state.time_s, 0);
    }),
  );
}

function expectAgreement({ pools, end_s }: SimulationReport, told: readonly PoolState[]): void {
  for (const { name, gpus, mean_queue_length, max_queue_length, utilization } of pools) {
    const states = told.filter(({ pool }) => pool === name);
    expectClose(area(states, 'waiting', end_s), mean_queue_length * end_s, `waiting in ${name}`);
    expectClose(area(states, 'busy', end_s), utilization * gpus * end_s, `busy in ${name}`);
    const lasting = states.filter(({ time_s }, k) => time_s < (states[k + 1]?.time_s ?? end_s));
    expect(Math.max(0, ...lasting.map(({ waiting }) => waiting)), name).toBe(max_queue_length);
    for (const [k, { busy, waiting }] of states.entries()) {
      const before = states[k - 1] ?? { busy: 0, waiting: 0 };
      expect(busy !== before.busy || waiting !== before.waiting, `state ${k} of ${name} is new`).toBe(true);
    }
  }
}

describe('the states of a pool', () => {
  it('of GPUs make its queue and its utilization', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const { result, seen } = runWatched({ ...scenario, warmup_seconds: 0 });
        if (result.report.end_s > 0) expectAgreement(result.report, seen.poolStates);
      }),
      { numRuns: 200 },
    );
  });

  it('of replicas make its queue and its utilization', () => {
    fc.assert(
      fc.property(anyBatched(25), fc.constantFrom(1, 2, 8), ({ cluster, workload }, tensor_parallel_size) => {
        const states: PoolState[] = [];
        const on = { tensor_parallel_size };
        const spread = {
          ...cluster,
          replica: { ...cluster.replica, ...on },
          prefill_replica: { ...cluster.prefill_replica, ...on },
          decode_replica: { ...cluster.decode_replica, ...on },
        };
        const { report } = engineRun(spread, workload, ({ events }) => {
          events.poolStates.subscribe((state) => states.push(state));
        }).result;
        if (report.end_s > 0) expectAgreement(report, states);
      }),
      { numRuns: 200 },
    );
  });
});
