/** Requests are measured in blocks: the report holds the same of each, however full the last block is. */
import { describe, expect, it } from 'vitest';
import {
  disaggregated,
  exponential,
  lognormal,
  monolithic,
  type SimulationPlan,
  simulate,
  summarize,
  tokens,
} from '../../src/index.ts';
import { expectClose } from '../support/numbers.ts';
import { rowsOf } from '../support/rows.ts';

const architectures = {
  mono: monolithic({ num_gpus: 40, prefill_tokens_per_s: 8000, decode_tokens_per_s: 100 }),
  disagg: disaggregated({
    prefill_gpus: 2,
    decode_gpus: 40,
    prefill_tokens_per_s: 8000,
    decode_tokens_per_s: 100,
  }),
};

function planOf(mode: keyof typeof architectures, max_requests: number): SimulationPlan {
  return {
    seed: max_requests,
    keep_requests: true,
    workload: {
      kind: 'generated',
      interarrival_s: exponential(10),
      prompt_tokens: tokens(lognormal({ mu: 6, sigma: 0.6 })),
      output_tokens: tokens(lognormal({ mu: 5, sigma: 0.8 })),
      max_requests,
    },
    architecture: architectures[mode],
    slo: { ttft_s: 0.4, tpot_s: 1 },
  };
}

describe.each(['mono', 'disagg'] as const)('%s', (mode) => {
  it.each([1, 255, 256, 257, 511, 513])('%d requests', (requests) => {
    const result = simulate(planOf(mode, requests));
    const rows = rowsOf(result);
    const { report } = result;
    const expected = {
      ttft_s: rows.map(({ first_token_s, arrival_s }) => first_token_s - arrival_s),
      e2e_s: rows.map(({ completed_s, arrival_s }) => completed_s - arrival_s),
      tpot_s: rows
        .filter(({ output_tokens }) => output_tokens > 1)
        .map(
          ({ completed_s, first_token_s, output_tokens }) =>
            (completed_s - first_token_s) / (output_tokens - 1),
        ),
    };
    for (const [metric, values] of Object.entries(expected)) {
      const [ours, theirs] = [report[metric as keyof typeof expected], summarize(values)];
      expect(ours.count, metric).toBe(values.length);
      for (const of of ['mean', 'p50', 'p99', 'min', 'max'] as const)
        expectClose(ours[of], theirs[of] ?? Number.NaN, `${of} of ${metric}`);
    }
    for (const { name, waiting_s, service_s } of report.pools) {
      expect(waiting_s.count, name).toBe(requests);
      expect(service_s.count, name).toBe(requests);
    }
    expect(report.slo?.judged).toBe(requests);
    expectClose(
      report.breakdown?.mean.prefill_queue_s ?? null,
      report.pools[0]?.waiting_s.mean ?? Number.NaN,
      'wait',
    );
  });
});
