/**
 * What holds at every instant, looked at from inside the plain loop: tokens and blocks are conserved, limits are
 * kept, and no replica sleeps while it could work. The replicas take the same decisions (differential.test.ts).
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../support/numbers.ts';
import type { PlainReplica } from './plain-replica.ts';
import { plainStepLoop } from './plain-step-loop.ts';
import type { Visit } from './plain-visit.ts';
import { disaggReuse, monoReuse } from './reuse-scenarios.ts';
import { anyScenario } from './scenarios.ts';

/** Collects what breaks a law, at all instants of 250 runs: a matcher at each would take a minute. */
function holdsAtEveryInstant(
  breaches: (replicas: readonly PlainReplica[], inTransfer: readonly Visit[]) => Iterable<string>,
): void {
  fc.assert(
    fc.property(fc.oneof(anyScenario(25), monoReuse(25), disaggReuse(25)), ({ cluster, workload }) => {
      const found: string[] = [];
      plainStepLoop(cluster, workload, (now, replicas, inTransfer) => {
        for (const breach of breaches(replicas, inTransfer)) found.push(`${breach} at ${now} s`);
      });
      expect(found).toEqual([]);
    }),
    { numRuns: 250 },
  );
}

/** Whether the blocks are there that a waiting request needs for its first step here, beside those it finds cached. */
function fitsNow(replica: PlainReplica, visit: Visit): boolean {
  const { enable_chunked_prefill, max_num_batched_tokens, block_size, enable_prefix_caching } = replica.spec;
  const known = visit.prompt_tokens + visit.generated;
  const looks = enable_prefix_caching === true && visit.computed === 0;
  const cached = looks ? replica.kv.cached(visit.names.slice(0, Math.floor((known - 1) / block_size))) : [];
  const computed = visit.computed + cached.length * block_size;
  const first = enable_chunked_prefill
    ? Math.min(known - computed, max_num_batched_tokens)
    : known - computed;
  return replica.blocksFor(computed + first) - cached.length <= replica.kv.room(cached);
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
        const free = sum(pool.map(({ kv }) => kv.free));
        const cached = sum(pool.map(({ kv }) => kv.idle.length));
        const holding = pool.flatMap(({ running }) => running);
        if (stage === 'prefill') holding.push(...inTransfer);
        const lists = holding.map(({ blocks }) => blocks);
        for (const { held, waiting } of pool)
          lists.push(...held.values(), ...waiting.map(({ blocks }) => blocks));
        const held = new Set(lists.flat());
        if (free + cached + held.size !== all) yield `${free} + ${cached} + ${held.size} blocks of ${all}`;
        if (pool.some(({ kv }) => kv.free < 0)) yield 'less than no block is free';
        const users = sum(lists.map(({ length }) => length));
        const counted = sum([...held].map((block) => block.users));
        if (users !== counted) yield `blocks have ${users} users and count ${counted}`;
        if (pool.some(({ kv }) => kv.idle.some(({ users }) => users > 0))) yield 'a block in use is idle';
      }
      for (const replica of replicas) {
        for (const { id, blocks, computed, preemptions, arrived_with_kv } of replica.waiting) {
          const reserved = arrived_with_kv && preemptions === 0 ? replica.blocksFor(computed + 1) : 0;
          if (blocks.length !== 0 && blocks.length !== reserved) yield `${id} waits and holds blocks`;
        }
      }
    }));

  it('nobody stands in line for blocks that are free while nobody waits without any', () =>
    holdsAtEveryInstant(function* (replicas) {
      for (const replica of replicas) {
        const [head] = replica.line;
        if (head === undefined || replica.waiting.some(({ blocks }) => blocks.length === 0)) continue;
        const blocks = replica.blocksFor(head.tokens);
        if (blocks <= replica.free_blocks) yield `${head.visit.id} stands in line`;
      }
    }));

  it('at most max_num_seqs run, each once, and each has a token to compute and one to produce', () =>
    holdsAtEveryInstant(function* (replicas) {
      const visits = replicas.flatMap(({ running, waiting }) => [...running, ...waiting]);
      if (new Set(visits).size !== visits.length) yield 'a request is in two places';
      if (replicas.some(({ running, spec }) => running.length > spec.max_num_seqs)) yield 'too many run';
      const finishing = new Set(replicas.flatMap((replica) => [...replica.finishing]));
      for (const visit of visits) {
        if (finishing.has(visit)) continue;
        const { id, computed, prompt_tokens, generated, output_tokens } = visit;
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
        if (replica.stage !== 'prefill' && replica.held.size === 0)
          yield 'a replica whose blocks are all free sleeps over a request';
        if (fitsNow(replica, head)) yield 'a replica sleeps over a request that fits';
      }
    }));
});
