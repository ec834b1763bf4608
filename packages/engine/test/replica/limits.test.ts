/**
 * Corners of the model whose behaviour is known: tokens that cost nothing, steps that cost only their tokens, a decode
 * pool of infinite speed, and limits that bind nobody.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReplicaSpec, StepTime } from '../../src/index.ts';
import { expectClose } from '../support/numbers.ts';
import { engineRun } from './engine-run.ts';
import { clusterOf, expectSameRows, INSTANTS, type Workload } from './scenario.ts';
import { anyScenario, disaggScenario, monoScenario } from './scenarios.ts';

const FREE: StepTime = {
  base_s: 0,
  prefill_token_s: 0,
  decode_seq_s: 0,
  decode_context_token_s: 0,
  prefill_attention_s: 0,
};
const BOUNDLESS = { max_num_seqs: 1e6, max_num_batched_tokens: 1e9 } as const;

/** As many blocks as anybody wants. */
function roomy({ num_gpu_blocks: _, ...replica }: ReplicaSpec): ReplicaSpec {
  return replica;
}

const tokensOf = (workload: Workload): number =>
  workload.reduce((sum, { prompt_tokens, output_tokens }) => sum + prompt_tokens + output_tokens, 0);

describe('no limits, and tokens that cost nothing', () => {
  it('a request waits for the step under way, less than one step, and then gets a token each step', () =>
    fc.assert(
      fc.property(monoScenario(60), ({ cluster, workload }) => {
        const { base_s } = cluster.replica.step_time;
        const replica = { ...roomy(cluster.replica), ...BOUNDLESS, step_time: { ...FREE, base_s } };
        const { rows } = engineRun(clusterOf('mono', replica, cluster.replicas), workload);
        for (const [id, row] of rows.entries()) {
          const wait_s = row.scheduled_s - row.arrival_s;
          expect(wait_s).toBeGreaterThanOrEqual(0);
          expect(wait_s).toBeLessThanOrEqual(base_s * (1 + 1e-9));
          expectClose(row.first_token_s, row.scheduled_s + base_s, `first token of ${id}`);
          const answer_s = (workload[id]?.output_tokens ?? 0) * base_s;
          expectClose(row.completed_s, row.scheduled_s + answer_s, `completion of ${id}`);
        }
      }),
      { numRuns: 120 },
    ));
});

describe('steps that cost only their tokens', () => {
  it('batched in whatever way, the replica is busy exactly when a first-come-first-served server would be', () =>
    fc.assert(
      fc.property(monoScenario(60), ({ cluster, workload }) => {
        const { prefill_token_s, decode_seq_s, prefill_attention_s } = cluster.replica.step_time;
        const step_time = {
          ...FREE,
          prefill_token_s: prefill_token_s + 1e-7,
          decode_seq_s,
          prefill_attention_s,
        };
        const { rows } = engineRun(clusterOf('mono', { ...roomy(cluster.replica), step_time }), workload);

        let busyFrom = 0;
        let free_s = 0;
        let last_s = 0;
        const expectBusyPeriod = (): void => expectClose(last_s, free_s, `busy from ${busyFrom} s`);
        for (const [id, { arrival_s, prompt_tokens, output_tokens }] of workload.entries()) {
          if (arrival_s > free_s) {
            expectBusyPeriod();
            busyFrom = arrival_s;
            free_s = arrival_s;
            last_s = arrival_s;
          }
          free_s +=
            step_time.prefill_token_s * prompt_tokens +
            prefill_attention_s * (prompt_tokens ** 2 / 2) +
            decode_seq_s * (output_tokens - 1);
          last_s = Math.max(last_s, rows[id]?.completed_s ?? Number.NaN);
        }
        expectBusyPeriod();
      }),
      { numRuns: 150 },
    ));
});

describe('a decode pool of infinite speed', () => {
  it('gives first tokens when the same replicas, monolithic, give them to one-token answers', () =>
    fc.assert(
      fc.property(disaggScenario(40), ({ cluster, workload }) => {
        const { prefill_replica, prefill_replicas } = cluster;
        const disagg = engineRun(
          {
            ...cluster,
            decode_replica: { ...roomy(cluster.decode_replica), step_time: FREE },
            link: undefined,
          },
          workload,
        );
        const mono = engineRun(
          clusterOf('mono', prefill_replica, prefill_replicas),
          workload.map((row) => ({ ...row, output_tokens: 1 })),
        );
        for (const [id, row] of disagg.rows.entries()) {
          const other = mono.rows[id];
          expect(row.outcome).toBe(other?.outcome);
          expect(row.first_token_s, `first token of ${id}`).toBe(other?.first_token_s);
          expect(row.completed_s, `completion of ${id}`).toBe(row.first_token_s);
        }
      }),
      { numRuns: 120 },
    ));
});

describe('a limit that binds nobody is no limit', () => {
  const same = (given: Parameters<typeof engineRun>, change: (replica: ReplicaSpec) => ReplicaSpec): void => {
    const [cluster, workload] = given;
    const changed = {
      ...cluster,
      replica: change(cluster.replica),
      prefill_replica: change(cluster.prefill_replica),
      decode_replica: change(cluster.decode_replica),
    };
    const [actual, expected] = [engineRun(changed, workload).rows, engineRun(cluster, workload).rows];
    // Who asks for blocks that are limited cuts a jump, and times are added up in another order.
    if (cluster.link?.reserve === true) expectSameRows(actual, expected);
    else expect(actual).toEqual(expected);
  };

  it('a block for every token', () =>
    fc.assert(
      fc.property(anyScenario(25), ({ cluster, workload }) => {
        const unlimited = {
          ...cluster,
          replica: roomy(cluster.replica),
          prefill_replica: roomy(cluster.prefill_replica),
          decode_replica: roomy(cluster.decode_replica),
        };
        same([unlimited, workload], (replica) => ({ ...replica, num_gpu_blocks: tokensOf(workload) }));
      }),
      { numRuns: 150 },
    ));

  it('a place for every request', () =>
    fc.assert(
      fc.property(anyScenario(25), ({ cluster, workload }) => {
        const max_num_seqs = workload.length;
        const wide = (replica: ReplicaSpec): ReplicaSpec => ({
          ...replica,
          max_num_seqs,
          max_num_batched_tokens: Math.max(replica.max_num_batched_tokens, 2 * max_num_seqs),
        });
        const given = {
          ...cluster,
          replica: wide(cluster.replica),
          prefill_replica: wide(cluster.prefill_replica),
          decode_replica: wide(cluster.decode_replica),
        };
        same([given, workload], (replica) => ({ ...replica, max_num_seqs: 2 * max_num_seqs }));
      }),
      { numRuns: 150 },
    ));

  it('a budget for every token, cut or uncut', () =>
    fc.assert(
      fc.property(anyScenario(25), ({ cluster, workload }) => {
        const given = {
          ...cluster,
          replica: { ...cluster.replica, max_num_batched_tokens: tokensOf(workload) + 64 },
          prefill_replica: { ...cluster.prefill_replica, max_num_batched_tokens: tokensOf(workload) + 64 },
          decode_replica: { ...cluster.decode_replica, max_num_batched_tokens: tokensOf(workload) + 64 },
        };
        same([given, workload], (replica) => ({
          ...replica,
          max_num_batched_tokens: 10 * replica.max_num_batched_tokens,
          enable_chunked_prefill: !replica.enable_chunked_prefill,
        }));
      }),
      { numRuns: 150 },
    ));
});

describe('more room', () => {
  const step_time = { ...FREE, base_s: 1 };
  const together = fc.array(
    fc.record({
      arrival_s: fc.constant(0),
      prompt_tokens: fc.integer({ min: 1, max: 50 }),
      output_tokens: fc.integer({ min: 1, max: 50 }),
    }),
    { minLength: 1, maxLength: 30 },
  );
  const places = fc.integer({ min: 1, max: 8 });

  it('for sequences delays nobody of those who come together, when tokens cost nothing', () =>
    fc.assert(
      fc.property(together, places, places, (workload, max_num_seqs, more) => {
        const [few, many] = [max_num_seqs, max_num_seqs + more].map((seqs) =>
          engineRun(
            clusterOf('mono', {
              max_num_seqs: seqs,
              max_num_batched_tokens: 1e9,
              enable_chunked_prefill: true,
              block_size: 16,
              step_time,
            }),
            workload,
          ),
        );
        for (const [id, row] of (many?.rows ?? []).entries()) {
          for (const instant of INSTANTS) {
            if (Number.isNaN(row[instant])) continue;
            expect(row[instant]).toBeLessThanOrEqual(few?.rows[id]?.[instant] ?? Number.NaN);
          }
        }
      }),
      { numRuns: 120 },
    ));

  it('in a step can delay a first token: a long prompt then shares it', () => {
    const workload = [
      { arrival_s: 0, prompt_tokens: 100, output_tokens: 1 },
      { arrival_s: 0, prompt_tokens: 1000, output_tokens: 1 },
    ];
    const firstToken = (max_num_batched_tokens: number): number | undefined =>
      engineRun(
        clusterOf('mono', {
          max_num_seqs: 4,
          max_num_batched_tokens,
          enable_chunked_prefill: true,
          block_size: 16,
          step_time: { ...step_time, prefill_token_s: 1 },
        }),
        workload,
      ).rows[0]?.first_token_s;
    expect(firstToken(100)).toBe(101);
    expect(firstToken(1100)).toBe(1101);
  });
});
