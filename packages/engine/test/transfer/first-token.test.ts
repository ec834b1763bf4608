/** The first token at prefill: TTFT ends there, answers of one token stay there, the parts of TTFT still sum. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchedDisaggregated, type KvLink, Simulation } from '../../src/index.ts';
import { expectClose, sum } from '../support/numbers.ts';
import { type Given, givenWith, roundReplica, run } from './clusters.ts';

const link: KvLink = { latency_s: 0.5, bandwidth_bytes_per_s: 100, kv_bytes_per_token: 1 };

function given(first_token: 'decode' | 'prefill', requests: Given['requests']): Given {
  return {
    requests,
    cluster: {
      prefill_replicas: 1,
      decode_replicas: 1,
      prefill_replica: roundReplica,
      decode_replica: roundReplica,
      link,
      first_token,
    },
  };
}

describe('the first token at prefill', () => {
  it('comes at the end of prefill; the first decode step makes the second', () => {
    const { log, report } = run(given('prefill', [[0, 100, 3]]));
    expect(log.first_token_s[0]).toBeCloseTo(0.02, 12);
    expect(log.decode_queued_s[0]).toBeCloseTo(0.02 + 1.5, 12);
    expect(log.completed_s[0]).toBeCloseTo(0.02 + 1.5 + 0.02, 12);
    // The second token waits for the transfer, the third for one step.
    expect(report.itl_s.count).toBe(2);
    expect(report.itl_s.max).toBeCloseTo(1.51, 12);
    expect(report.itl_s.min).toBeCloseTo(0.01, 12);
  });

  it('costs one decode step less than the first token at decode', () => {
    const requests: Given['requests'] = [[0, 100, 7]];
    const late = run(given('decode', requests)).log.completed_s[0] ?? Number.NaN;
    expect(run(given('prefill', requests)).log.completed_s[0]).toBeCloseTo(late - 0.01, 12);
  });

  it('completes an answer of one token, without a transfer, and gives its blocks back', () => {
    const tight: Given = given('prefill', [
      [0, 100, 1],
      [0, 100, 1],
    ]);
    const prefill_replica = { ...roundReplica, num_gpu_blocks: 10 };
    const { log } = run({ ...tight, cluster: { ...tight.cluster, prefill_replica } });
    expect([...log.completed_s]).toEqual([...log.first_token_s]);
    expect(log.completed_s[0]).toBeCloseTo(0.02, 12);
    expect(log.completed_s[1]).toBeCloseTo(0.04, 12);
    expect([...log.transfer_start_s]).toEqual([Number.NaN, Number.NaN]);
    expect(log.decode_queued_s[0]).toBeNaN();
  });

  it('counts for TTFT also when the decode pool then turns the request away', () => {
    const small: Given = given('prefill', [
      [0, 10, 2],
      [0, 100, 3],
    ]);
    const decode_replica = { ...roundReplica, num_gpu_blocks: 2 };
    const { log, report } = run({ ...small, cluster: { ...small.cluster, decode_replica } });
    expect(report.outcomes).toMatchObject({ completed: 1, rejected: 1 });
    expect(log.first_token_s[1]).toBeGreaterThan(0);
    expect(report.ttft_s.count).toBe(2);
    expectClose(report.ttft_s.max, log.first_token_s[1] ?? Number.NaN, 'TTFT of the rejected');
    expect(report.pools.map(({ waiting_s }) => waiting_s.count)).toEqual([2, 1]);
  });

  it('is told as an event of the prefill pool, and so is the completion that comes with it', () => {
    const { cluster } = given('prefill', []);
    const simulation = new Simulation({
      workload: { kind: 'replay', arrival_s: [0], prompt_tokens: [100], output_tokens: [1] },
      architecture: batchedDisaggregated(cluster),
    });
    const told: unknown[] = [];
    simulation.events.firstTokens.subscribe(({ pool }) => told.push(['first token', pool]));
    simulation.events.completions.subscribe(({ pool }) => told.push(['completion', pool]));
    simulation.run();
    expect(told).toEqual([
      ['first token', 'prefill'],
      ['completion', 'prefill'],
    ]);
  });

  it('leaves the parts of TTFT a sum, none of them negative', () => {
    fc.assert(
      fc.property(givenWith('tight'), (random) => {
        const { breakdown, ttft_s } = run(random).report;
        if (breakdown === null) return;
        const parts = Object.values(breakdown.mean);
        for (const part of parts) expect(part).toBeGreaterThanOrEqual(-1e-12);
        expectClose(sum(parts), ttft_s.mean ?? Number.NaN, 'TTFT');
      }),
      { numRuns: 200 },
    );
  });

  it('is never later than the first token at decode, where nobody waits for blocks', () => {
    fc.assert(
      fc.property(givenWith('enough'), (random) => {
        const at = (first_token: 'decode' | 'prefill') =>
          run({ ...random, cluster: { ...random.cluster, first_token } }).log;
        const [early, late] = [at('prefill'), at('decode')];
        for (const [id, first_s] of early.first_token_s.entries()) {
          expect(first_s).toBe(early.prefill_end_s[id]);
          expect(first_s).toBeLessThan(late.first_token_s[id] ?? Number.NaN);
        }
      }),
      { numRuns: 100 },
    );
  });
});
