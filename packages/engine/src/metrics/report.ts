/**
 * Turns what a run measured into its report. Pure: reads recorder and meters, changes nothing.
 */
import type { SimulationPlan } from '../plan.ts';
import type { BatchingReport, LinkReport, PoolReport, SimulationReport } from '../result.ts';
import type { LinkSpec } from '../transfer/link-spec.ts';
import type { BatchMeter } from './batch-meter.ts';
import type { LinkMeter } from './link-meter.ts';
import { HISTOGRAM_RELATIVE_ERROR } from './log-buckets.ts';
import type { PoolMeter } from './pool-meter.ts';
import type { Recorder } from './recorder.ts';
import { judge } from './verdict.ts';

/** A pool as the report sees it. */
export interface MeteredPool {
  readonly name: string;
  readonly gpus: number;
  readonly meter: PoolMeter;
  /** Where GPUs serve in replicas that batch. */
  readonly batches?: BatchMeter;
  /** Told once, before the measurements are read, that the run ends. */
  stop?(end_s: number): void;
}

/** A link as the report sees it. */
export interface MeteredLink {
  readonly spec: LinkSpec;
  readonly meter: LinkMeter;
}

/** What a run was served by. */
interface Served {
  readonly pools: readonly MeteredPool[];
  readonly links: readonly MeteredLink[];
}

/** How a run went, beside its measurements. */
export interface RunFacts {
  readonly finished: boolean;
  readonly end_s: number;
  readonly arrivals: number;
  readonly last_arrival_s: number;
}

export function reportOf(
  plan: SimulationPlan,
  facts: RunFacts,
  recorder: Recorder,
  { pools, links }: Served,
): SimulationReport {
  const from = Math.min(plan.warmup_seconds ?? 0, facts.end_s);
  const window_s = facts.end_s - from;
  const perSecond = (count: number): number => (window_s > 0 ? count / window_s : 0);
  const { arrivals } = facts;
  const { completed, rejected } = recorder;
  const ttft_s = recorder.ttft_s.summary();
  const tpot_s = recorder.tpot_s.summary();
  const gpus = pools.reduce((sum, pool) => sum + pool.gpus, 0);
  const total_tokens_per_s = perSecond(recorder.promptTokens + recorder.outputTokens);
  const poolReports = pools.map((pool, index) => poolReport(pool, facts.end_s, recorder, index));
  const drained = plan.sim_seconds === undefined;
  const method = plan.quantiles ?? 'exact';
  return {
    mode: plan.architecture.mode,
    model: pools.some(({ batches }) => batches !== undefined) ? 'steps' : 'token_rate',
    seed: plan.seed ?? 0,
    finished: facts.finished,
    end_s: facts.end_s,
    window_s: [from, facts.end_s],
    verdict: judge(poolReports, from, drained ? facts.last_arrival_s : facts.end_s, arrivals),
    outcomes: { arrivals, completed, rejected, in_flight: arrivals - completed - rejected },
    ttft_s,
    tpot_s,
    itl_s: recorder.itl_s.summary(),
    e2e_s: recorder.e2e_s.summary(),
    completed_in_window: recorder.completedInWindow,
    throughput_rps: perSecond(recorder.completedInWindow),
    prompt_tokens_per_s: perSecond(recorder.promptTokens),
    output_tokens_per_s: perSecond(recorder.outputTokens),
    total_tokens_per_s,
    total_tokens_per_s_per_gpu: gpus > 0 ? total_tokens_per_s / gpus : null,
    output_tokens_per_s_per_user: tpot_s.mean !== null && tpot_s.mean > 0 ? 1 / tpot_s.mean : null,
    preempted_requests: recorder.preemptedRequests,
    pools: poolReports,
    links: links.map((link) => linkReport(link, facts.end_s, window_s)),
    breakdown: recorder.breakdown.read(ttft_s.p99),
    slo: recorder.slo?.report(window_s) ?? null,
    quantiles: { method, relative_error: method === 'exact' ? 0 : HISTOGRAM_RELATIVE_ERROR },
  };
}

function poolReport(pool: MeteredPool, end_s: number, recorder: Recorder, index: number): PoolReport {
  const levels = pool.meter.read(end_s);
  const samples = recorder.pool(index);
  const batching = pool.batches === undefined ? null : batchingOf(pool.batches, end_s, levels.mean_busy);
  // The meter counts replicas where there are such; all GPUs of one are busy together.
  const servers = batching?.replicas ?? pool.gpus;
  return {
    name: pool.name,
    gpus: pool.gpus,
    batching,
    utilization: Math.min(levels.mean_busy / servers, 1),
    mean_queue_length: levels.mean_waiting,
    max_queue_length: levels.max_waiting,
    waiting_s: samples.waiting_s.summary(),
    service_s: samples.service_s.summary(),
    timeline: {
      bin_s: levels.bin_s,
      waiting: levels.waiting,
      busy: levels.busy.map((busy) => busy * (pool.gpus / servers)),
    },
  };
}

function linkReport({ spec, meter }: MeteredLink, end_s: number, window_s: number): LinkReport {
  const { transfers, bytes, mean_transfers } = meter.read(end_s);
  const bytes_per_s = window_s > 0 ? bytes / window_s : 0;
  const share = (capacity: number | null): number | null =>
    capacity === null ? null : bytes_per_s / capacity;
  return {
    from: spec.from,
    to: spec.to,
    transfers,
    bytes,
    bytes_per_s,
    mean_transfers,
    utilization_from_nic: share(spec.from_nic_bytes_per_s),
    utilization_to_nic: share(spec.to_nic_bytes_per_s),
    utilization_fabric: share(spec.fabric_bytes_per_s),
  };
}

function batchingOf(batches: BatchMeter, end_s: number, mean_busy: number): BatchingReport {
  const { mean_running, max_running, mean_kv_use, max_kv_use } = batches.read(end_s);
  return {
    replicas: batches.replicas,
    mean_batch_size: mean_busy > 0 ? mean_running / mean_busy : null,
    max_batch_size: max_running,
    mean_kv_use,
    max_kv_use,
    engine_steps: batches.steps,
    preemptions: batches.preemptions,
    rejected: batches.rejected,
    ...batches.readReuse(end_s),
  };
}
