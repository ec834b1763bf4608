/**
 * How often intervals hold the truth, over many sets of runs of queues whose mean wait is known.
 * Knows no threshold: the tests and the slow measurement have theirs.
 */
import {
  constant,
  type Distribution,
  exponential,
  gamma,
  monolithic,
  type SimulationPlan,
  simulate,
  tokens,
} from '@llmsim/engine';
import { type MeanInterval, mg1, mmc } from '../../src/index.ts';

export interface KnownQueue {
  readonly name: string;
  readonly plan: SimulationPlan;
  readonly mean_waiting_s: number;
}

/** Service of about one second: a prompt of a million tokens, so that whole tokens round off nothing that matters. */
function queue(servers: number, rate_per_s: number, prompt_tokens: Distribution): SimulationPlan {
  return {
    sim_seconds: 8_000,
    warmup_seconds: 500,
    workload: {
      kind: 'generated',
      interarrival_s: exponential(rate_per_s),
      prompt_tokens: tokens(prompt_tokens),
      output_tokens: constant(1),
    },
    architecture: monolithic({ num_gpus: servers, prefill_tokens_per_s: 1e6, decode_tokens_per_s: 1e12 }),
    quantiles: 'histogram',
  };
}

const at = (rate_per_s: number, servers: number) => ({ rate_per_s, service_mean_s: 1, servers });

/** M/M/c and M/G/1 at loads from a half to four fifths. */
export const knownQueues: readonly KnownQueue[] = [
  {
    name: 'M/M/1 at 0.6',
    plan: queue(1, 0.6, exponential(1e-6)),
    mean_waiting_s: mmc(at(0.6, 1)).mean_waiting_s,
  },
  {
    name: 'M/M/4 at 0.8',
    plan: queue(4, 3.2, exponential(1e-6)),
    mean_waiting_s: mmc(at(3.2, 4)).mean_waiting_s,
  },
  {
    name: 'M/G/1 at 0.5, gamma services of SCV 2',
    plan: queue(1, 0.5, gamma({ shape: 0.5, mean: 1e6 })),
    mean_waiting_s: mg1({ ...at(0.5, 1), service_scv: 2 }).mean_waiting_s,
  },
  {
    name: 'M/G/1 at 0.7, constant services',
    plan: queue(1, 0.7, constant(1e6)),
    mean_waiting_s: mg1({ ...at(0.7, 1), service_scv: 0 }).mean_waiting_s,
  },
];

/** Mean waits of independent runs without end; every trial has seeds of its own. */
export function* meanWaits({ plan }: KnownQueue, trial: number): Generator<number> {
  for (let run = 0; ; run++) {
    const { report } = simulate({ ...plan, seed: `${trial}.${run}` });
    yield report.pools[0]?.waiting_s.mean ?? Number.NaN;
  }
}

/** The first values of a generator. */
export function take(values: Iterable<number>, count: number): number[] {
  const taken: number[] = [];
  for (const value of values) if (taken.push(value) === count) break;
  return taken;
}

/** The share of trials whose interval holds the truth. */
export function coverage(
  known: KnownQueue,
  trials: number,
  intervalOf: (waits: Iterable<number>, trial: number) => MeanInterval,
): number {
  let held = 0;
  for (let trial = 0; trial < trials; trial++) {
    const { low, high } = intervalOf(meanWaits(known, trial), trial);
    if (low <= known.mean_waiting_s && known.mean_waiting_s <= high) held++;
  }
  return held / trials;
}
