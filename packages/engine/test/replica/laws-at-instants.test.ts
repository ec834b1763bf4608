/**
 * What holds at every instant, looked at from inside the plain loop: tokens and blocks are conserved, limits are
 * kept, and no replica sleeps while it could work. The replicas take the same decisions (differential.test.ts).
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../support/numbers.ts';
import type { PlainReplica, Visit } from './plain-replica.ts';
import { plainStepLoop } from './plain-step-loop.ts';
import { anyScenario } from './scenarios.ts';

/** Collects what breaks a law, at all instants of 150 runs: a matcher at each would take a minute. */
function holdsAtEveryInstant(
  breaches: (replicas: readonly PlainReplica[], inTransfer: readonly Visit[]) => Iterable<string>,
): void {
  fc.assert(
    fc.property(anyScenario(25), ({ cluster, workload }) => {
      const found: string[] = [];
      plainStepLoop(cluster, workload, (now, replicas, inTransfer) => {
        for (const breach of breaches(replicas, inTransfer)) found.push(`${breach} at ${now} s`);
      });
      expect(found).toEqual([]);
    }),
    { numRuns: 150 },
  );
}

/** Blocks that a waiting request needs for its first step here. */
function firstNeed(replica: PlainReplica, visit: Visit): number {
  const { enable_chunked_prefill, max_num_batched_tokens } = replica.spec;
  const tokens = visit.prompt_tokens + visit.generated - visit.computed;
  const first = enable_chunked_prefill ? Math.min(tokens, max_num_batched_tokens) : tokens;
  return replica.blocksFor(visit.computed + first);
}

describe('at every instant', () => {
  it('free blocks, blocks held and blocks in transfer are all the blocks', () =>
    holdsAtEveryInstant(function* (replicas, inTransfer) {
      for (const stage of ['prefill', 'decode', 'prefill_and_decode'] as const) {
        const pool = replicas.filter(
          (replica) => replica.stage === stage && replica.spec.num_gpu_blocks !== undefined,
        );
        if (pool.length === 0) continue;
        const all = sum(pool.map(({ spec }) => spec.num_gpu_blocks ?? 0));
        const free = sum(pool.map(({ free_blocks }) => free_blocks));
        const held = sum(pool.flatMap(({ running }) => running.map(({ blocks }) => blocks)));
        const moving = stage === 'prefill' ? sum(inTransfer.map(({ blocks }) => blocks)) : 0;
        if (free + held + moving !== all) yield `${free} + ${held} + ${moving} blocks of ${all}`;
        if (pool.some(({ free_blocks }) => free_blocks < 0)) yield 'less than no block is free';
      }
      for (const { waiting } of replicas)
        if (waiting.some(({ blocks }) => blocks !== 0)) yield 'a waiting request holds blocks';
    }));

  it('at most max_num_seqs run, each once, and each has a token to compute and one to produce', () =>
    holdsAtEveryInstant(function* (replicas) {
      const visits = replicas.flatMap(({ running, waiting }) => [...running, ...waiting]);
      if (new Set(visits).size !== visits.length) yield 'a request is in two places';
      if (replicas.some(({ running, spec }) => running.length > spec.max_num_seqs)) yield 'too many run';
      for (const { id, computed, prompt_tokens, generated, output_tokens } of visits) {
        if (computed >= prompt_tokens + generated) yield `nothing is left to compute of ${id}`;
        if (generated >= output_tokens) yield `${id} is complete and still here`;
      }
    }));

  it('no replica sleeps while one of its requests could run', () =>
    holdsAtEveryInstant(function* (replicas) {
      for (const replica of replicas) {
        if (replica.step_end_s !== Number.POSITIVE_INFINITY) continue;
        if (replica.running.length > 0) yield 'a replica sleeps with requests running';
        const [head] = replica.waiting;
        if (head === undefined) continue;
        if (replica.stage !== 'prefill') yield 'a replica whose blocks are all free sleeps over a request';
        if (firstNeed(replica, head) <= replica.free_blocks)
          yield 'a replica sleeps over a request that fits';
      }
    }));
});
