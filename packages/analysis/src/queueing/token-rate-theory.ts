/**
 * What queueing theory says of a cluster of the token-rate model: each pool as a G/G/c queue.
 * Knows no run. Token-rate GPUs hold one request each, so a pool is a queue with as many servers as GPUs.
 */
import {
  type DisaggregatedCluster,
  type GeneratedWorkload,
  type MonolithicCluster,
  transferSeconds,
} from '@llmsim/engine';
import { allenCunneen } from './ggc.ts';
import { type Moments, momentsOf, scvOf } from './moments.ts';
import type { QueueMeans } from './queue-means.ts';

export interface TheoryStage extends QueueMeans {
  /** As reports name it. */
  readonly pool: string;
  readonly servers: number;
  readonly service_mean_s: number;
  readonly service_scv: number;
  readonly arrival_scv: number;
  /** The formula in the words of the field: `M/G/1`, `G/G/c`. */
  readonly law: string;
  /** Whether the formula is exact in the long run; else it is an approximation. */
  readonly exact: boolean;
}

/** What holds in the long run, or why theory has nothing to say. */
export type TokenRateTheory =
  | { readonly applies: true; readonly stages: readonly TheoryStage[]; readonly mean_ttft_s: number }
  | { readonly applies: false; readonly reason: string };

/** SCV of gaps this close to 1 belongs to Poisson arrivals. */
const POISSON = 0.01;

/**
 * Means of each pool and of TTFT in the long run. One GPU behind Poisson arrivals is an M/G/1 queue (exact); several are
 * approximated by Allen and Cunneen; what leaves a pool enters the next with the variability that W. Whitt, "The
 * queueing network analyzer", Bell System Technical Journal 62 (1983), equation 38, gives it.
 *
 * @example
 * const theory = tokenRateTheory(workload, { num_gpus: 4, prefill_tokens_per_s: 8000, decode_tokens_per_s: 2000 });
 * if (theory.applies) theory.mean_ttft_s; // seconds
 */
export function tokenRateTheory(
  workload: GeneratedWorkload,
  cluster: MonolithicCluster | DisaggregatedCluster,
): TokenRateTheory {
  const gaps = momentsOf(workload.interarrival_s);
  const prompt = momentsOf(workload.prompt_tokens);
  const output = momentsOf(workload.output_tokens);
  const prefill = scaled(prompt, cluster.prefill_tokens_per_s);
  const decode = scaled(output, cluster.decode_tokens_per_s);
  const pools: readonly Pool[] =
    'num_gpus' in cluster
      ? [{ pool: 'gpu', servers: cluster.num_gpus, service: plus(prefill, decode) }]
      : [
          { pool: 'prefill', servers: cluster.prefill_gpus, service: prefill },
          { pool: 'decode', servers: cluster.decode_gpus, service: decode },
        ];
  const link = 'num_gpus' in cluster ? undefined : cluster.link;
  if (link?.sharing === 'fair') {
    return no('transfers share the link, and theory has no closed form for how they slow each other down');
  }

  const rate_per_s = 1 / gaps.mean;
  const stages: TheoryStage[] = [];
  let arrival_scv = scvOf(gaps);
  for (const { pool, servers, service } of pools) {
    const load = (rate_per_s * service.mean) / servers;
    if (load >= 1) {
      const percent = (100 * load).toFixed(0);
      return no(`the ${pool} pool is offered ${percent} % of what it can serve, so its queue has no mean`);
    }
    const service_scv = scvOf(service);
    const queue = { rate_per_s, service_mean_s: service.mean, servers, arrival_scv, service_scv };
    // Only a first pool sees the arrivals as they are drawn.
    const poisson = stages.length === 0 && Math.abs(arrival_scv - 1) < POISSON;
    const law = `${poisson ? 'M' : 'G'}/${service_scv < 1e-6 ? 'D' : 'G'}/${servers}`;
    stages.push({ pool, ...queue, ...allenCunneen(queue), law, exact: poisson && servers === 1 });
    arrival_scv = departureScv(load, servers, arrival_scv, service_scv);
  }
  const waits = stages.reduce((sum, { mean_waiting_s }) => sum + mean_waiting_s, 0);
  const transfer = link === undefined ? 0 : transferSeconds(link, prompt.mean);
  const first_step = 1 / cluster.decode_tokens_per_s;
  return { applies: true, stages, mean_ttft_s: waits + prefill.mean + transfer + first_step };
}

interface Pool {
  readonly pool: string;
  readonly servers: number;
  readonly service: Moments;
}

function no(reason: string): TokenRateTheory {
  return { applies: false, reason };
}

/** Time that tokens take at a rate. */
function scaled({ mean, variance }: Moments, per_s: number): Moments {
  return { mean: mean / per_s, variance: variance / per_s ** 2 };
}

/** Of two independent times. */
function plus(a: Moments, b: Moments): Moments {
  return { mean: a.mean + b.mean, variance: a.variance + b.variance };
}

function departureScv(load: number, servers: number, arrival_scv: number, service_scv: number): number {
  return 1 + (1 - load ** 2) * (arrival_scv - 1) + (load ** 2 / Math.sqrt(servers)) * (service_scv - 1);
}
