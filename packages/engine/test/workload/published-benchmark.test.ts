/** A closed loop driven as a published benchmark was: all prompts at once, then the time per output token. */
import { describe, expect, it } from 'vitest';
import {
  batchedMonolithic,
  type ClosedLoopWorkload,
  constant,
  type ReplicaSpec,
  simulate,
  uniformTokens,
} from '../../src/index.ts';
import { expectClose, sum } from '../support/numbers.ts';
import { rowsOf } from '../support/rows.ts';

describe('a published benchmark: Llama 3.3 70B in FP8 on one H200, all prompts at once', () => {
  /** Fitted to the published rows; prompts of 1,024 tokens, at most 16,384 of them in a step. */
  const engine: ReplicaSpec = {
    max_num_seqs: 64,
    max_num_batched_tokens: 16_384,
    enable_chunked_prefill: true,
    block_size: 16,
    step_time: {
      base_s: 19.47e-3,
      prefill_token_s: 0.105_57e-3,
      decode_seq_s: 0.0339e-3,
      decode_context_token_s: 4.37e-8,
      prefill_attention_s: 0,
    },
  };
  const architecture = batchedMonolithic({ replicas: 1, replica: engine });

  it('computes the prompts in steps of the token budget, beside the decoding of those that are through', () => {
    const workload: ClosedLoopWorkload = {
      kind: 'closed_loop',
      concurrency: 64,
      max_requests: 64,
      prompt_tokens: constant(1024),
      output_tokens: constant(1024),
    };
    const rows = rowsOf(simulate({ workload, architecture, keep_requests: true }));
    const { base_s, prefill_token_s, decode_seq_s, decode_context_token_s } = engine.step_time;
    const contexts: number[] = [];
    let left = 64 * 1024;
    let now = 0;
    while (left > 0) {
      const decoding = contexts.length;
      const prefilled = Math.min(engine.max_num_batched_tokens - decoding, left);
      now += base_s + prefill_token_s * prefilled + decode_seq_s * decoding;
      now += decode_context_token_s * sum(contexts);
      for (let at = 0; at < decoding; at++) contexts[at] = (contexts[at] ?? 0) + 1;
      left -= prefilled;
      while (contexts.length < 64 - Math.ceil(left / 1024)) {
        expectClose(rows[contexts.length]?.first_token_s ?? null, now, `first token of ${contexts.length}`);
        contexts.push(1025);
      }
    }
    expect(contexts).toHaveLength(64);
  });

  it.each([
    // Concurrency, published mean TPOT in milliseconds.
    [4, 20.114],
    [16, 22.987],
    [64, 32.335],
  ])('with %d clients has the published time per output token within 4 %%', (concurrency, tpot_ms) => {
    const workload: ClosedLoopWorkload = {
      kind: 'closed_loop',
      concurrency,
      max_requests: 10 * concurrency,
      prompt_tokens: uniformTokens(819, 1024),
      output_tokens: uniformTokens(819, 1024),
    };
    const { report } = simulate({ workload, architecture });
    expect(Math.abs(((report.tpot_s.mean ?? 0) * 1000) / tpot_ms - 1)).toBeLessThan(0.04);
  });
});
