/**
 * The step model: requests per CPU-second of one replica, interleaved with a plain loop over its steps, and the cost
 * of a hundred replicas for an hour. Ratios are medians over the rounds. Both have to agree on
 * steps, batches, blocks and every number of TTFT, TPOT and ITL.
 */
import { cpus, loadavg } from 'node:os';
import type { Observable } from 'rxjs';
import {
  batchedMonolithic,
  constant,
  exponential,
  lognormal,
  type ReplicaSpec,
  Simulation,
  tokens,
} from '../src/index.ts';
import { answer, inTurns } from './in-turns.ts';
import { cpuSeconds, median } from './measure.ts';
import { plainSteps, type StepsPlan, type StepsRun } from './plain-steps.ts';

const REQUESTS = 100_000;
const ROUNDS = 5;
/** A run is short: speed settles after half a million requests. */
const WARM_UPS = 6;
const LOADS = [
  { rate_per_s: 2, output: 256 },
  { rate_per_s: 10, output: 256 },
  { rate_per_s: 20, output: 256 },
  { rate_per_s: 1, output: 2048 },
  { rate_per_s: 5, output: 2048 },
] as const;

/** More blocks than 256 sequences take: they are counted, and nobody is preempted. */
const replica: ReplicaSpec = {
  max_num_seqs: 256,
  max_num_batched_tokens: 2048,
  enable_chunked_prefill: true,
  block_size: 16,
  num_gpu_blocks: 2 ** 16,
  step_time: {
    base_s: 0.006,
    prefill_token_s: 3e-5,
    decode_seq_s: 2e-5,
    decode_context_token_s: 1.2e-8,
    prefill_attention_s: 0,
  },
};

function planOf(rate_per_s: number, output: number, max_requests: number, replicas = 1): StepsPlan {
  return {
    seed: 1,
    quantiles: 'histogram',
    workload: {
      kind: 'generated',
      interarrival_s: exponential(rate_per_s),
      prompt_tokens: tokens(lognormal({ mu: 6, sigma: 0.6 })),
      output_tokens: constant(output),
      max_requests,
    },
    architecture: batchedMonolithic({ replicas, replica }),
  };
}

let heard = 0;
const listen = ({ time_s }: { readonly time_s: number }): void => {
  if (time_s >= 0) heard++;
};

function ours(plan: StepsPlan): StepsRun {
  const run = new Simulation(plan);
  for (const stream of Object.values<Observable<{ readonly time_s: number }>>({ ...run.events })) {
    stream.subscribe(listen);
  }
  const { report } = run.run();
  const batching = report.pools[0]?.batching;
  if (batching === undefined || batching === null) throw new Error('no pool of replicas');
  const { engine_steps, preemptions, max_batch_size, mean_batch_size, max_kv_use } = batching;
  const { ttft_s, tpot_s, itl_s } = report;
  return { engine_steps, preemptions, max_batch_size, mean_batch_size, max_kv_use, ttft_s, tpot_s, itl_s };
}

/** Throws where two runs differ: counts at all, seconds by more than a billionth. */
function assertSame(own: unknown, plain: unknown, what: string): void {
  if (typeof own === 'object' && own !== null) {
    const expected = new Map(Object.entries(plain ?? {}));
    for (const [name, value] of Object.entries(own)) assertSame(value, expected.get(name), `${what} ${name}`);
    return;
  }
  const close = typeof own === 'number' && typeof plain === 'number' && Math.abs(own - plain) <= 1e-9 * plain;
  if (own !== plain && (!close || Number.isInteger(own))) throw new Error(`${what}: ${own}, plain ${plain}`);
}

interface Measured {
  readonly rate: number;
  readonly run: StepsRun;
}

const WHO = ['llmsim', 'plain'] as const;

/** Requests per CPU-second, and what the run gave. */
function measured(who: (typeof WHO)[number], { rate_per_s, output }: (typeof LOADS)[number]): Measured {
  const plan = planOf(rate_per_s, output, REQUESTS);
  const runs: StepsRun[] = [];
  const seconds = cpuSeconds(() =>
    runs.push(who === 'llmsim' ? ours(plan) : plainSteps(plan, replica, listen)),
  );
  const [run] = runs;
  if (run === undefined || heard === 0) throw new Error('nobody was told anything');
  return { rate: REQUESTS / seconds, run };
}

async function comparison(): Promise<void> {
  console.log(
    `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(2)}`,
  );
  console.log(`${REQUESTS} requests on one replica, ${ROUNDS} interleaved rounds, all streams subscribed\n`);
  console.log('rate, output tokens    llmsim/CPU-s   plain/CPU-s   ratio');
  for (const [index, { rate_per_s, output }] of LOADS.entries()) {
    const turns = WHO.map((who) => ({ args: [who, String(index)], warmUps: WARM_UPS }));
    const [own = [], plain = []] = await inTurns<Measured>(turns, ROUNDS);
    for (const [round, { run }] of own.entries()) {
      assertSame(run, plain[round]?.run, `${rate_per_s}/s, ${output}:`);
    }
    const ratio = median(own.map(({ rate }, round) => rate / (plain[round]?.rate ?? Number.NaN)));
    const rates = [own, plain].map((all) =>
      Math.round(median(all.map(({ rate }) => rate)))
        .toLocaleString('en')
        .padStart(12),
    );
    console.log(
      `${`${rate_per_s}/s, ${output}`.padEnd(22)} ${rates.join('  ')}  ${ratio.toFixed(1).padStart(6)}`,
    );
  }
  const seconds = cpuSeconds(() => ours(planOf(1000, 256, 3_600_000, 100)));
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(
    `\n100 replicas, 1,000 requests/s for an hour: ${seconds.toFixed(1)} CPU-s, peak ${peak.toFixed(0)} MiB`,
  );
}

const [name, index] = process.argv.slice(2);
const who = WHO.find((each) => each === name);
const load = LOADS[Number(index)];
if (who !== undefined && load !== undefined) answer(() => measured(who, load));
else await comparison();
