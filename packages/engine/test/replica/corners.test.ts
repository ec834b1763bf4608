/** Two corners of docs/model.md that the random scenarios seldom reach. */
import { describe, expect, it } from 'vitest';
import type { ReplicaSpec } from '../../src/index.ts';
import { engineRun } from './engine-run.ts';
import { plainStepLoop } from './plain-step-loop.ts';
import { A_SECOND_EACH, clusterOf, expectSameRows } from './scenario.ts';

const replica: ReplicaSpec = {
  max_num_seqs: 4,
  max_num_batched_tokens: 64,
  enable_chunked_prefill: true,
  block_size: 16,
  step_time: A_SECOND_EACH,
};

describe('corners', () => {
  // Rejected is only what lacks blocks. A prompt that fits into a step uncut runs; its answer may grow past the budget.
  it('uncut, a prompt within the budget runs, however long its answer', () => {
    const cluster = clusterOf('mono', { ...replica, enable_chunked_prefill: false });
    const workload = [{ arrival_s: 0, prompt_tokens: 60, output_tokens: 10 }];
    expectSameRows(engineRun(cluster, workload).rows, plainStepLoop(cluster, workload).rows);
  });

  it('a request that its decode replica rejects keeps the end of its transfer', () => {
    const cluster = clusterOf('disagg', replica, 1, {
      decode_replica: { ...replica, num_gpu_blocks: 1 },
      link: { latency_s: 1, bandwidth_bytes_per_s: 1, kv_bytes_per_token: 0 },
    });
    const { rows } = engineRun(cluster, [{ arrival_s: 0, prompt_tokens: 40, output_tokens: 1 }]);
    expect(rows[0]).toMatchObject({ outcome: 'rejected', prefill_end_s: 1, transfer_end_s: 2 });
  });
});
