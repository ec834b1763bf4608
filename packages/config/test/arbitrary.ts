/** Random scenarios that are valid, as a file would write them. */
import * as fc from 'fast-check';
import type { ScenarioInput } from '../src/index.ts';

const positive = fc.double({ min: 1e-3, max: 1e5, noNaN: true });
const machines = fc.integer({ min: 1, max: 1000 });
const minValue = fc.integer({ min: 1, max: 100 });

const tokenDistribution: fc.Arbitrary<NonNullable<ScenarioInput['prompt_tokens']>> = fc.oneof(
  fc.record(
    {
      mode: fc.constant('log' as const),
      mean: fc.double({ min: -2, max: 9, noNaN: true }),
      sigma: fc.double({ min: 0, max: 3, noNaN: true }),
      min_value: minValue,
    },
    { requiredKeys: [] },
  ),
  fc
    .record({ mean: positive, variation: fc.double({ min: 0, max: 999, noNaN: true }), min_value: minValue })
    .map(({ mean, variation, min_value }) => ({
      mode: 'real_mean_std' as const,
      mean,
      std: mean * variation,
      min_value,
    })),
  fc
    .record({ p50: positive, above: fc.double({ min: 1.001, max: 100, noNaN: true }) })
    .map(({ p50, above }) => ({ mode: 'p50_p90' as const, p50, p90: p50 * above })),
);

const arrival = fc.oneof(
  fc.record({ rate_per_s: positive, process: fc.constantFrom('poisson' as const, 'constant' as const) }),
  fc.record({
    rate_per_s: positive,
    process: fc.constant('gamma' as const),
    burstiness: fc.double({ min: 0.05, max: 20, noNaN: true }),
    max_requests: fc.integer({ min: 1, max: 1e6 }),
  }),
);

const link = fc.record({
  latency_s: fc.constantFrom(0, 0.002),
  bandwidth_bytes_per_s: positive,
  kv_bytes_per_token: positive,
});

export const tokenRateScenario: fc.Arbitrary<ScenarioInput> = fc
  .record(
    {
      mode: fc.constantFrom('mono' as const, 'disagg' as const),
      sim_seconds: positive,
      warm: fc.double({ min: 0, max: 0.9, noNaN: true }),
      random_seed: fc.maxSafeNat(),
      arrival,
      prompt_tokens: tokenDistribution,
      output_tokens: tokenDistribution,
      cluster_mono: fc.record(
        { num_gpus: machines, prefill_tokens_per_s: positive, decode_tokens_per_s: positive },
        { requiredKeys: [] },
      ),
      cluster_disagg: fc.record(
        { prefill_gpus: machines, decode_gpus: machines, link },
        { requiredKeys: [] },
      ),
      slo: fc.record({ ttft_s: positive, tpot_s: positive }, { requiredKeys: [] }),
      quantiles: fc.constantFrom('exact' as const, 'histogram' as const),
    },
    { requiredKeys: ['sim_seconds', 'warm'] },
  )
  .map(({ warm, ...rest }) => ({ ...rest, warmup_seconds: warm * rest.sim_seconds }));
