/**
 * Two stations in tandem. By Burke's theorem the departures of M/M/c are Poisson and independent of the queue left
 * behind, so the second station is an M/M/c of its own.
 */
import { describe, it } from 'vitest';
import { disaggregated, exponential, type SimulationReport, simulate, tokens } from '../../src/index.ts';
import { expectTheory, mmcWait, REPLICATIONS } from '../support/closed-forms.ts';

const TOKENS_PER_S = 1e6;

function replications(
  prefill_gpus: number,
  decode_gpus: number,
  rate_per_s: number,
  latency_s?: number,
): SimulationReport[] {
  return Array.from(
    { length: REPLICATIONS },
    (_, seed) =>
      simulate({
        seed: `tandem ${seed}`,
        sim_seconds: 30_000 / rate_per_s,
        warmup_seconds: 3000 / rate_per_s,
        workload: {
          kind: 'generated',
          interarrival_s: exponential(rate_per_s),
          prompt_tokens: tokens(exponential(1 / TOKENS_PER_S)),
          output_tokens: tokens(exponential(1 / TOKENS_PER_S)),
        },
        architecture: disaggregated({
          prefill_gpus,
          decode_gpus,
          prefill_tokens_per_s: TOKENS_PER_S,
          decode_tokens_per_s: TOKENS_PER_S,
          ...(latency_s === undefined
            ? {}
            : { link: { latency_s, bandwidth_bytes_per_s: 1, kv_bytes_per_token: 0 } }),
        }),
      }).report,
  );
}

describe("Burke's theorem", () => {
  it.each([
    ['M/M/1 → M/M/1', 1, 1, 0.7, undefined],
    ['M/M/3 → M/M/2', 3, 2, 1.6, undefined],
    // A constant delay of a Poisson stream is a Poisson stream.
    ['M/M/1 → delay → M/M/1', 1, 1, 0.6, 2.5],
  ])('%s: mean wait and queue at both, mean TTFT', (_, prefill, decode, lambda, latency_s) => {
    const reports = replications(prefill, decode, lambda, latency_s);
    const expected = [mmcWait(prefill, lambda, 1), mmcWait(decode, lambda, 1)];
    for (const [index, wait] of expected.entries()) {
      const name = index === 0 ? 'prefill' : 'decode';
      expectTheory(
        reports.map(({ pools }) => pools[index]?.waiting_s.mean ?? Number.NaN),
        wait,
        `mean wait at ${name}`,
      );
      expectTheory(
        reports.map(({ pools }) => pools[index]?.mean_queue_length ?? Number.NaN),
        lambda * wait,
        `mean queue at ${name}`,
      );
    }
    const ttft = (expected[0] ?? 0) + 1 + (latency_s ?? 0) + (expected[1] ?? 0);
    expectTheory(
      reports.map(({ ttft_s }) => ttft_s.mean ?? Number.NaN),
      ttft,
      'mean TTFT',
    );
  });
});
