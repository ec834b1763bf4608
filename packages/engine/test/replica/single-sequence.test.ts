/**
 * A replica that runs one sequence at a time is a single server. Its service times are known in closed form, so
 * Lindley's recursion gives every instant, Pollaczek and Khinchine give the mean wait, and whatever shortens a
 * service makes nobody later.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  batchedMonolithic,
  type Distribution,
  exponential,
  type ReplicaSpec,
  simulate,
} from '../../src/index.ts';
import { expectTheory, mg1Wait, REPLICATIONS } from '../support/closed-forms.ts';
import { expectClose, mean } from '../support/numbers.ts';
import { engineRun } from './engine-run.ts';
import { clusterOf, INSTANTS, type Workload } from './scenario.ts';
import { monoScenario } from './scenarios.ts';

/** One sequence, and no blocks to run out of. */
function single(replica: ReplicaSpec): ReplicaSpec {
  const { num_gpu_blocks: _, ...roomy } = replica;
  return { ...roomy, max_num_seqs: 1 };
}

/** Seconds to the first token and to the last: chunks, then one step a token over a context that grows by one. */
function service(spec: ReplicaSpec, prompt: number, output: number): { first_s: number; all_s: number } {
  const { step_time, max_num_batched_tokens } = spec;
  const { base_s, prefill_token_s, decode_seq_s, decode_context_token_s, prefill_attention_s } = step_time;
  const chunks = Math.ceil(prompt / max_num_batched_tokens);
  // Σ n·(computed + n/2) over the chunks is prompt²/2 however it is cut.
  const first_s = chunks * base_s + prompt * prefill_token_s + (prompt ** 2 / 2) * prefill_attention_s;
  const steps = output - 1;
  const contexts = steps * prompt + (steps * (steps + 1)) / 2;
  return { first_s, all_s: first_s + steps * (base_s + decode_seq_s) + contexts * decode_context_token_s };
}

describe('max_num_seqs = 1', () => {
  it('every instant follows Lindley: a request starts when it arrives or when the one before is done', () =>
    fc.assert(
      fc.property(monoScenario(40), ({ cluster, workload }) => {
        const spec = single(cluster.replica);
        let free_s = 0;
        const { rows } = engineRun(clusterOf('mono', spec), workload);
        for (const [id, { arrival_s, prompt_tokens, output_tokens }] of workload.entries()) {
          const row = rows[id];
          const { first_s, all_s } = service(spec, prompt_tokens, output_tokens);
          const start_s = Math.max(arrival_s, free_s);
          free_s = start_s + all_s;
          expectClose(row?.scheduled_s ?? null, start_s, `start of ${id}`);
          expectClose(row?.first_token_s ?? null, start_s + first_s, `first token of ${id}`);
          expectClose(row?.completed_s ?? null, free_s, `completion of ${id}`);
        }
      }),
      { numRuns: 150 },
    ));

  it('without context and attention the mean wait is that of M/G/1', () => {
    const twoSizes =
      (small: number, large: number): Distribution =>
      (uniform) =>
      () =>
        uniform() < 0.75 ? small : large;
    const replica: ReplicaSpec = {
      max_num_seqs: 1,
      max_num_batched_tokens: 4096,
      enable_chunked_prefill: true,
      block_size: 16,
      step_time: {
        base_s: 0.006,
        prefill_token_s: 5e-5,
        decode_seq_s: 2e-5,
        decode_context_token_s: 0,
        prefill_attention_s: 0,
      },
    };
    const kinds = [
      { share: 9 / 16, prompt: 200, output: 5 },
      { share: 3 / 16, prompt: 200, output: 60 },
      { share: 3 / 16, prompt: 3000, output: 5 },
      { share: 1 / 16, prompt: 3000, output: 60 },
    ].map(({ share, prompt, output }) => ({ share, seconds: service(replica, prompt, output).all_s }));
    const moment = (power: number): number =>
      kinds.reduce((sum, { share, seconds }) => sum + share * seconds ** power, 0);
    const rate_per_s = 0.7 / moment(1);
    const sim_seconds = 6000 / rate_per_s;
    const waits = Array.from({ length: REPLICATIONS }, (_, seed) => {
      const { requests } = simulate({
        seed,
        sim_seconds,
        keep_requests: true,
        workload: {
          kind: 'generated',
          interarrival_s: exponential(rate_per_s),
          prompt_tokens: twoSizes(200, 3000),
          output_tokens: twoSizes(5, 60),
        },
        architecture: batchedMonolithic({ replicas: 1, replica }),
      });
      if (requests === null) throw new Error('the run kept no requests');
      const started = Array.from(requests.prefill_start_s, (start_s, id) => ({
        arrival_s: requests.arrival_s[id] ?? 0,
        start_s,
      })).filter(({ arrival_s, start_s }) => arrival_s >= sim_seconds / 10 && !Number.isNaN(start_s));
      return mean(started.map(({ arrival_s, start_s }) => start_s - arrival_s));
    });
    expectTheory(waits, mg1Wait(rate_per_s, moment(1), moment(2)), 'mean wait');
  });
});

describe('one sequence at a time, nobody is later', () => {
  function expectNoLater(better: ReplicaSpec, worse: ReplicaSpec, workload: Workload): void {
    const [sooner, later] = [better, worse].map(
      (spec) => engineRun(clusterOf('mono', single(spec)), workload).rows,
    );
    for (const [id, row] of (sooner ?? []).entries()) {
      for (const instant of INSTANTS) {
        if (Number.isNaN(row[instant])) continue;
        expect(row[instant], `${instant} of ${id}`).toBeLessThanOrEqual(
          (later?.[id]?.[instant] ?? Number.NaN) * (1 + 1e-12),
        );
      }
    }
  }

  it('with a larger budget: fewer chunks', () =>
    fc.assert(
      fc.property(monoScenario(25), fc.nat(3000), ({ cluster: { replica }, workload }, more) => {
        const chunked = { ...replica, enable_chunked_prefill: true };
        const richer = { ...chunked, max_num_batched_tokens: chunked.max_num_batched_tokens + more };
        expectNoLater(richer, chunked, workload);
      }),
      { numRuns: 120 },
    ));

  it('with any part of the step time shorter', () =>
    fc.assert(
      fc.property(
        monoScenario(25),
        fc.constantFrom(
          'base_s',
          'prefill_token_s',
          'decode_seq_s',
          'decode_context_token_s',
          'prefill_attention_s',
        ),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        ({ cluster: { replica }, workload }, part, factor) => {
          const step_time = { ...replica.step_time, [part]: replica.step_time[part] * factor };
          expectNoLater({ ...replica, step_time }, replica, workload);
        },
      ),
      { numRuns: 120 },
    ));
});
