/**
 * The step model: requests per CPU-second of one replica, interleaved with a plain loop over its steps, and the cost
 * of a hundred replicas for an hour. Ratios are medians over the rounds.
 */
import { cpus, loadavg } from 'node:os';
import type { Observable } from 'rxjs';
import {
  batchedMonolithic,
  constant,
  exponential,
  type GeneratedWorkload,
  lognormal,
  type ReplicaSpec,
  Simulation,
  tokens,
} from '../src/index.ts';
import { cpuSeconds, median } from './measure.ts';
import { plainSteps } from './plain-steps.ts';

const REQUESTS = 100_000;
const ROUNDS = 3;
const LOADS = [
  { rate_per_s: 2, output: 256 },
  { rate_per_s: 10, output: 256 },
  { rate_per_s: 20, output: 256 },
  { rate_per_s: 1, output: 2048 },
  { rate_per_s: 5, output: 2048 },
] as const;

const replica: ReplicaSpec = {
  max_num_seqs: 256,
  max_num_batched_tokens: 2048,
  enable_chunked_prefill: true,
  block_size: 16,
  step_time: {
    base_s: 0.006,
    prefill_token_s: 3e-5,
    decode_seq_s: 2e-5,
    decode_context_token_s: 1.2e-8,
    prefill_attention_s: 0,
  },
};

function workload(rate_per_s: number, output: number, max_requests: number): GeneratedWorkload {
  return {
    kind: 'generated',
    interarrival_s: exponential(rate_per_s),
    prompt_tokens: tokens(lognormal({ mu: 6, sigma: 0.6 })),
    output_tokens: constant(output),
    max_requests,
  };
}

let heard = 0;
const listen = ({ time_s }: { readonly time_s: number }): void => {
  if (time_s >= 0) heard++;
};

function ours(rate_per_s: number, output: number, requests: number, replicas = 1): number {
  const run = new Simulation({
    seed: 1,
    quantiles: 'histogram',
    workload: workload(rate_per_s, output, requests),
    architecture: batchedMonolithic({ replicas, replica }),
  });
  for (const stream of Object.values<Observable<{ readonly time_s: number }>>({ ...run.events })) {
    stream.subscribe(listen);
  }
  return run.run().report.ttft_s.mean ?? Number.NaN;
}

console.log(
  `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(2)}`,
);
console.log(`${REQUESTS} requests on one replica, ${ROUNDS} interleaved rounds, all streams subscribed\n`);
console.log('rate, output tokens    llmsim/CPU-s   plain/CPU-s   ratio');
for (const { rate_per_s, output } of LOADS) {
  const own: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    let mean_ttft_s = 0;
    own.push(REQUESTS / cpuSeconds(() => (mean_ttft_s = ours(rate_per_s, output, REQUESTS))));
    let loop = 0;
    plain.push(
      REQUESTS /
        cpuSeconds(() => {
          loop = plainSteps(workload(rate_per_s, output, REQUESTS), 1, replica, listen).mean_ttft_s;
        }),
    );
    if (Math.abs(loop / mean_ttft_s - 1) > 1e-6)
      throw new Error(`mean TTFT ${mean_ttft_s} against ${loop} of the loop`);
  }
  const ratio = median(own.map((rate, round) => rate / (plain[round] ?? Number.NaN)));
  const rates = [own, plain].map((values) => Math.round(median(values)).toLocaleString('en').padStart(12));
  console.log(
    `${`${rate_per_s}/s, ${output}`.padEnd(22)} ${rates.join('  ')}  ${ratio.toFixed(1).padStart(6)}`,
  );
}

const seconds = cpuSeconds(() => ours(1000, 256, 3_600_000, 100));
const peak = process.resourceUsage().maxRSS / 1024;
console.log(
  `\n100 replicas, 1,000 requests/s for an hour: ${seconds.toFixed(1)} CPU-s, peak ${peak.toFixed(0)} MiB`,
);
if (heard === 0) throw new Error('nobody was told anything');
