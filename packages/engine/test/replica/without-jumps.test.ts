/** Between the plain loop and the jumps: the same replicas taking one step at a time. */
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { KvBlocks } from '../../src/replica/kv-blocks.ts';
import { engineRun } from './engine-run.ts';
import { expectSameStepping } from './same-runs.ts';
import { A_SECOND_EACH, clusterOf } from './scenario.ts';
import { anyScenario } from './scenarios.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('replicas that take every step', () => {
  it('take as many steps as they are asked about, where a jump is asked about once', () => {
    const cluster = clusterOf('mono', {
      max_num_seqs: 1,
      max_num_batched_tokens: 10,
      enable_chunked_prefill: true,
      block_size: 16,
      step_time: A_SECOND_EACH,
    });
    const workload = [{ arrival_s: 0, prompt_tokens: 10, output_tokens: 100 }];
    const asked = vi.spyOn(KvBlocks.prototype, 'stepsLeft');
    expect(engineRun(cluster, workload).steps).toEqual([100]);
    expect(asked).toHaveBeenCalledTimes(1);
    asked.mockReset();
    asked.mockReturnValue(0);
    expect(engineRun(cluster, workload).steps).toEqual([100]);
    expect(asked).toHaveBeenCalledTimes(99);
  });

  it('agree with the plain loop and with the jumps', () =>
    fc.assert(fc.property(anyScenario(25), expectSameStepping), { numRuns: 120 }));
});
