/**
 * What the runs of one candidate say, in the numbers a plan shows. Means over the runs. Knows no decision.
 */
import type { PoolReport, SimulationReport } from '@llmsim/engine';

export interface PoolEvidence {
  readonly pool: string;
  readonly utilization: number;
  readonly mean_queue_length: number;
  /** Null where the KV cache is unlimited. */
  readonly mean_kv_use: number | null;
  readonly preemptions: number;
}

/** Means over runs; a quantity that a run does not have is left out of its mean, null where no run has it. */
export interface Evidence {
  readonly runs: number;
  readonly attainment: number | null;
  readonly ttft_attainment: number | null;
  readonly tpot_attainment: number | null;
  readonly ttft_p99_s: number | null;
  readonly tpot_p99_s: number | null;
  /** The fastest request of all runs. */
  readonly ttft_min_s: number | null;
  readonly tpot_min_s: number | null;
  readonly goodput_rps: number | null;
  /** Share of the arrivals that were turned away. */
  readonly rejected: number;
  /** Share of the arrivals that had not finished when the run ended. */
  readonly unfinished: number;
  /** Share of the runs whose verdict is overloaded. */
  readonly overloaded: number;
  readonly pools: readonly PoolEvidence[];
}

/** @param reports - of the same plan under different seeds, at least one */
export function evidenceOf(reports: readonly SimulationReport[]): Evidence {
  const over = (read: (report: SimulationReport) => number | null): number | null =>
    meanOf(reports.map(read));
  const [first] = reports;
  return {
    runs: reports.length,
    attainment: over(attainmentOf),
    ttft_attainment: over(({ slo }) => slo?.ttft_attainment ?? null),
    tpot_attainment: over(({ slo }) => slo?.tpot_attainment ?? null),
    ttft_p99_s: over(({ ttft_s }) => ttft_s.p99),
    tpot_p99_s: over(({ tpot_s }) => tpot_s.p99),
    ttft_min_s: leastOf(reports.map(({ ttft_s }) => ttft_s.min)),
    tpot_min_s: leastOf(reports.map(({ tpot_s }) => tpot_s.min)),
    goodput_rps: over(({ slo }) => slo?.goodput_rps ?? null),
    rejected: over(({ outcomes }) => outcomes.rejected / Math.max(1, outcomes.arrivals)) ?? 0,
    unfinished: over(({ outcomes }) => outcomes.in_flight / Math.max(1, outcomes.arrivals)) ?? 0,
    overloaded: over(({ verdict }) => Number(verdict.state === 'overloaded')) ?? 0,
    pools: (first?.pools ?? []).map(({ name }, index) => poolEvidence(name, poolsAt(reports, index))),
  };
}

/** The share of the requests that arrived in the window and met every SLO they have; rejected and unfinished miss. */
export function attainmentOf({ slo }: SimulationReport): number | null {
  return slo?.attainment ?? null;
}

function poolsAt(reports: readonly SimulationReport[], index: number): PoolReport[] {
  return reports.flatMap(({ pools }) => pools.slice(index, index + 1));
}

function poolEvidence(pool: string, reports: readonly PoolReport[]): PoolEvidence {
  const over = (read: (report: PoolReport) => number | null): number | null => meanOf(reports.map(read));
  return {
    pool,
    utilization: over(({ utilization }) => utilization) ?? 0,
    mean_queue_length: over(({ mean_queue_length }) => mean_queue_length) ?? 0,
    mean_kv_use: over(({ batching }) => batching?.mean_kv_use ?? null),
    preemptions: over(({ batching }) => batching?.preemptions ?? 0) ?? 0,
  };
}

function meanOf(values: readonly (number | null)[]): number | null {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (value === null) continue;
    sum += value;
    count++;
  }
  return count === 0 ? null : sum / count;
}

function leastOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.min(...known);
}
