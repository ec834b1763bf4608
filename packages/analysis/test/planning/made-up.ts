/**
 * Clusters whose attainment is a formula: a cell is a candidate at a rate under a seed, and its report says what the
 * formula says. For laws of the search, which must not depend on the chance of a simulation.
 */
import { constant, monolithic, type SimulationReport, simulate } from '@llmsim/engine';
import type { PlanQuestion } from '../../src/planning/question.ts';
import { type Candidate, type ClusterKind, candidateName } from '../../src/planning/space.ts';
import type { Runner } from '../../src/running/runner.ts';

export interface MadeUpCell {
  /** Null: at no load. */
  readonly candidate: Candidate | null;
  readonly kind: ClusterKind;
  readonly rate_per_s: number;
  readonly seed: number;
}

export type Attainment = (cell: MadeUpCell) => number;

const { report } = simulate({
  sim_seconds: 2,
  slo: { ttft_s: 1 },
  workload: {
    kind: 'generated',
    interarrival_s: constant(1),
    prompt_tokens: constant(1),
    output_tokens: constant(1),
  },
  architecture: monolithic({ num_gpus: 1, prefill_tokens_per_s: 10, decode_tokens_per_s: 10 }),
});

function reportWith(attainment: number): SimulationReport {
  if (report.slo === null) throw new Error('the run has an SLO');
  return { ...report, slo: { ...report.slo, attainment, ttft_attainment: attainment } };
}

/** A runner that computes instead of simulating, and writes down what it was asked. */
export function madeUpRunner(attainment: Attainment): Runner<MadeUpCell> & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    concurrency: 2,
    asked,
    async run(cell, signal) {
      if (signal?.aborted) throw signal.reason;
      asked.push(cell.candidate === null ? cell.kind.name : candidateName(cell.candidate));
      return reportWith(attainment(cell));
    },
  };
}

export function questionOf(
  kinds: readonly ClusterKind[],
  { rate_per_s, max_gpus }: { readonly rate_per_s: number; readonly max_gpus: number },
): PlanQuestion<MadeUpCell> {
  return {
    kinds,
    rate_per_s,
    max_gpus,
    cellOf: (candidate, rate, seed) => ({ candidate, kind: candidate.kind, rate_per_s: rate, seed }),
    unloadedCellOf: (kind, seed) => ({ candidate: null, kind, rate_per_s, seed }),
  };
}

/** A kind of one or two pools; `service_s` is a bound on the load, as a plan has it. */
export function kindOf(
  name: string,
  pools: ReadonlyArray<{ readonly gpus?: number; readonly price?: number; readonly service_s?: number }>,
): ClusterKind {
  return {
    name,
    mode: pools.length === 1 ? 'mono' : 'disagg',
    pools: pools.map(({ gpus = 1, price, service_s = 0 }, index) => ({
      pool: `pool ${index}`,
      gpus,
      hardware: null,
      least_service_s: service_s,
      price_per_hour: price ?? null,
    })),
  };
}
