/**
 * What must be the same bits everywhere: runs with their reports and logs, and a digest over many draws.
 * Runs in Node and in a page; knows neither.
 */
import {
  batchedMonolithic,
  type Distribution,
  disaggregated,
  exp,
  exponential,
  gamma,
  ln,
  lognormal,
  monolithic,
  powerOfTwo,
  type ReplicaSpec,
  type SimulationPlan,
  simulate,
  tokens,
  uniformStream,
  uniformTokens,
} from '../../src/index.ts';
import { normalQuantile } from '../../src/random/normal.ts';
import { bytesOf } from '../support/bytes.ts';

const RATES = { prefill_tokens_per_s: 7000, decode_tokens_per_s: 300 };

function plan(interarrival_s: Distribution, architecture: SimulationPlan['architecture']): SimulationPlan {
  return {
    seed: 'same bits',
    sim_seconds: 900,
    warmup_seconds: 60,
    keep_requests: true,
    slo: { ttft_s: 0.8, tpot_s: 0.01 },
    workload: {
      kind: 'generated',
      interarrival_s,
      prompt_tokens: tokens(lognormal({ mu: 6.7, sigma: 0.9 })),
      output_tokens: tokens(lognormal({ mu: 5, sigma: 0.7 })),
    },
    architecture,
  };
}

const mono = monolithic({ num_gpus: 4, ...RATES });
const disagg = disaggregated({
  prefill_gpus: 2,
  decode_gpus: 3,
  ...RATES,
  link: { latency_s: 0.003, bandwidth_bytes_per_s: 12.5e9, kv_bytes_per_token: 131_072 },
});

const replica: ReplicaSpec = {
  max_num_seqs: 16,
  max_num_batched_tokens: 1024,
  enable_chunked_prefill: true,
  block_size: 16,
  num_gpu_blocks: 2500,
  step_time: {
    base_s: 0.006,
    prefill_token_s: 5e-5,
    decode_seq_s: 2e-5,
    decode_context_token_s: 2e-8,
    prefill_attention_s: 1e-9,
  },
};

const plans: Readonly<Record<string, SimulationPlan>> = {
  'mono, Poisson': plan(exponential(4), mono),
  'mono, bursty': plan(gamma({ shape: 0.4, mean: 0.25 }), mono),
  'disagg with a link, Poisson': plan(exponential(4), disagg),
  'disagg with a link, regular': plan(gamma({ shape: 9, mean: 0.25 }), disagg),
  'disagg with a link, histograms': { ...plan(exponential(4), disagg), quantiles: 'histogram' },
  'replicas routed by two choices, closed loop': {
    seed: 'same bits',
    keep_requests: true,
    workload: {
      kind: 'closed_loop',
      concurrency: 48,
      max_requests: 2000,
      prompt_tokens: tokens(lognormal({ mu: 6.7, sigma: 0.9 })),
      output_tokens: uniformTokens(10, 400),
    },
    architecture: batchedMonolithic({ replicas: 4, replica, routing: powerOfTwo(), routing_refresh_s: 0.1 }),
  },
};

/** FNV-1a over the bits of numbers. */
class Digest {
  #hash = 0x811c9dc5;
  readonly #view = new DataView(new ArrayBuffer(8));

  add(value: number): void {
    this.#view.setFloat64(0, value);
    for (let at = 0; at < 8; at++)
      this.#hash = Math.imul(this.#hash ^ this.#view.getUint8(at), 0x01000193) >>> 0;
  }

  get text(): string {
    return this.#hash.toString(16);
  }
}

const DRAWS = 100_000;

function digests(): Record<string, string> {
  const functions: Record<string, (u: number, v: number) => number> = {
    uniform: (u) => u,
    ln: (u, v) => ln(u * exp(60 * (v - 0.5))),
    exp: (u, v) => exp(1400 * (u - 0.5) * v),
    normalQuantile: (u, v) => normalQuantile(v < 0.1 ? u * u * u * u : u),
  };
  return Object.fromEntries(
    Object.entries(functions).map(([name, f]) => {
      const [u, v] = [uniformStream(7, `${name} u`), uniformStream(7, `${name} v`)];
      const digest = new Digest();
      for (let i = 0; i < DRAWS; i++) digest.add(f(u(), v()));
      return [name, digest.text];
    }),
  );
}

/** Name of each probe → what it gave. */
export function probe(): Record<string, string> {
  const runs = Object.entries(plans).map(([name, given]) => [name, bytesOf(simulate(given))] as const);
  return { ...Object.fromEntries(runs), ...digests() };
}
