/** Steps whose batch is fixed one step ahead: the same in jumps, step by step and in a plain loop; and what they do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReplicaSpec } from '../../src/index.ts';
import { engineRun } from './engine-run.ts';
import { disaggReuse, monoReuse } from './reuse-scenarios.ts';
import { expectSame, expectSameReuse } from './same-runs.ts';
import { A_SECOND_EACH, clusterOf } from './scenario.ts';
import { disaggScenario, monoScenario, scheduledAhead } from './scenarios.ts';

describe('replicas that schedule ahead and jump give the times of a plain step loop', () => {
  it('mono, small', () =>
    fc.assert(fc.property(scheduledAhead(monoScenario(20)), expectSame), { numRuns: 700 }));

  it('disagg, small', () =>
    fc.assert(fc.property(scheduledAhead(disaggScenario(20)), expectSame), { numRuns: 700 }));

  it('disagg, the first token from prefill', () =>
    fc.assert(
      fc.property(scheduledAhead(disaggScenario(20)), ({ cluster, workload }) =>
        expectSame({ cluster: { ...cluster, first_token: 'prefill' }, workload }),
      ),
      { numRuns: 200 },
    ));

  it('larger', () =>
    fc.assert(
      fc.property(
        fc.oneof(scheduledAhead(monoScenario(200)), scheduledAhead(disaggScenario(200))),
        expectSame,
      ),
      { numRuns: 40 },
    ));

  it('that keep prefixes and swap', () =>
    fc.assert(
      fc.property(fc.oneof(scheduledAhead(monoReuse(20)), scheduledAhead(disaggReuse(20))), expectSameReuse),
      { numRuns: 500 },
    ));
});

describe('a replica that schedules ahead', () => {
  const replica: ReplicaSpec = {
    max_num_seqs: 2,
    max_num_batched_tokens: 64,
    enable_chunked_prefill: true,
    block_size: 16,
    step_time: A_SECOND_EACH,
    async_scheduling: true,
  };
  const rowsOf = (spec: ReplicaSpec, arrivals_s: readonly number[], output_tokens: readonly number[]) =>
    engineRun(
      clusterOf('mono', spec),
      arrivals_s.map((arrival_s, id) => ({
        arrival_s,
        prompt_tokens: 40,
        output_tokens: output_tokens[id] ?? 1,
      })),
    ).rows;

  it('asleep, begins at once', () => {
    expect(rowsOf(replica, [0.25], [3])).toMatchObject([
      { scheduled_s: 0.25, first_token_s: 1.25, completed_s: 3.25 },
    ]);
  });

  it('admits who arrives during a step when that step ends, for the step after the next', () => {
    const rows = rowsOf(replica, [0, 0.5], [10, 2]);
    expect(rows).toMatchObject([{ completed_s: 10 }, { scheduled_s: 1, first_token_s: 3, completed_s: 4 }]);
    const [, sync] = rowsOf({ ...replica, async_scheduling: false }, [0, 0.5], [10, 2]);
    expect(sync).toMatchObject({ scheduled_s: 1, first_token_s: 2, completed_s: 3 });
  });

  it('keeps the place of a request until the step of its last token ends', () => {
    const rows = rowsOf({ ...replica, max_num_seqs: 1 }, [0, 0], [2, 1]);
    expect(rows).toMatchObject([{ completed_s: 2 }, { scheduled_s: 2, first_token_s: 3 }]);
  });

  it('fixes nothing while nothing is left to compute, and then looks again', () => {
    const rows = rowsOf(replica, [0, 0.5], [1, 1]);
    expect(rows).toMatchObject([{ completed_s: 1 }, { scheduled_s: 1, first_token_s: 2 }]);
  });
});
