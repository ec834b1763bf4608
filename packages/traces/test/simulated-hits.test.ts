/**
 * Real traces through a replica that keeps every prefix: it finds what the trace repeats, counted in whole KV blocks,
 * whatever the load. `inspectTrace` counts the last, shorter block of a prompt as well; the engine never finds that.
 */
import { existsSync } from 'node:fs';
import {
  batchedMonolithic,
  type PrefixBlocks,
  type ReplayWorkload,
  type ReplicaSpec,
  simulate,
} from '@llmsim/engine';
import { describe, expect, test } from 'vitest';
import { inspectTrace } from '../src/index.ts';
import { beside, fixture, MOONCAKE, traceOf } from './support/read.ts';

const BLOCK = 16;
const replica: ReplicaSpec = {
  max_num_seqs: 128,
  max_num_batched_tokens: 2048,
  enable_chunked_prefill: true,
  block_size: BLOCK,
  enable_prefix_caching: true,
  step_time: {
    base_s: 0.006,
    prefill_token_s: 5e-5,
    decode_seq_s: 2e-5,
    decode_context_token_s: 2e-8,
    prefill_attention_s: 1e-9,
  },
};

function batchingOf(workload: ReplayWorkload, changed: Partial<ReplicaSpec> = {}) {
  const architecture = batchedMonolithic({ replicas: 1, replica: { ...replica, ...changed } });
  const { report } = simulate({ workload, architecture, quantiles: 'histogram' });
  expect(report.outcomes.completed).toBe(workload.arrival_s.length);
  return report.pools[0]?.batching;
}

/** What a cache without bounds spares when prompts come one after another, block of the engine by block. */
function sequential({ hash_ids, prompt_tokens }: ReplayWorkload): number {
  const { block_size, offsets, ids }: PrefixBlocks = hash_ids ?? {
    block_size: 1,
    offsets: new Int32Array(1),
    ids: new Int32Array(0),
  };
  const seen = new Set<string>();
  let hits = 0;
  let all = 0;
  for (let row = 0; row < prompt_tokens.length; row++) {
    const prompt = prompt_tokens[row] ?? 0;
    const own = ids.subarray(offsets[row], offsets[row + 1]);
    const names: string[] = [];
    for (let end = BLOCK; end <= Math.min(prompt, own.length * block_size); end += BLOCK)
      names.push(`${own[Math.floor((end - 1) / block_size)]}/${end}`);
    const unknown = names.findIndex((name, index) => !seen.has(name) || (index + 1) * BLOCK >= prompt);
    hits += (unknown < 0 ? names.length : unknown) * BLOCK;
    all += prompt;
    for (const name of names) seen.add(name);
  }
  return hits / all;
}

describe('a cache without bounds finds what a trace repeats', () => {
  test('ShareGPT, as it came and all at once', async () => {
    const { workload } = await traceOf(fixture('sharegpt-300.jsonl'), { hash_ids: true });
    const rate = batchingOf(workload)?.prefix_hit_rate ?? Number.NaN;
    expect(rate).toBeCloseTo(0.0759, 4);
    expect(rate).toBeCloseTo(sequential(workload), 12);
    expect(rate).toBeCloseTo(inspectTrace({ workload }).prefix_hit_rate ?? 0, 6);
    const together = { ...workload, arrival_s: workload.arrival_s.map(() => 0) };
    expect(batchingOf(together)?.prefix_hit_rate).toBe(rate);
  });

  test('Mooncake, the first 500 requests; less in a bounded cache, and the less the smaller it is', async () => {
    const { workload } = await traceOf(MOONCAKE, { hash_ids: true });
    const rate = batchingOf(workload)?.prefix_hit_rate ?? Number.NaN;
    expect(rate).toBeCloseTo(sequential(workload), 12);
    const [large, small] = [60_000, 9000].map(
      (num_gpu_blocks) => batchingOf(workload, { num_gpu_blocks })?.prefix_hit_rate ?? Number.NaN,
    );
    expect(large).toBeLessThan(rate);
    expect(small).toBeLessThan(large ?? Number.NaN);
    const off = batchingOf(workload, { enable_prefix_caching: false });
    expect(off?.prefix_hit_rate).toBeNull();
  });

  const mooncake = beside('mooncake-conversation.jsonl');
  test.skipIf(!existsSync(mooncake))('Mooncake, 40 minutes', async () => {
    const { workload } = await traceOf(mooncake, { hash_ids: true });
    const rate = batchingOf(workload)?.prefix_hit_rate ?? Number.NaN;
    expect(rate).toBeCloseTo(0.3569, 4);
    expect(rate).toBeCloseTo(sequential(workload), 12);
  });
});
