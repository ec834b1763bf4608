/** The engine's run of a scenario, in the tests' terms. */
import {
  type Architecture,
  type BatchingReport,
  batchedDisaggregated,
  batchedMonolithic,
  OUTCOMES,
  Simulation,
  type SimulationPlan,
  type SimulationResult,
} from '../../src/index.ts';
import { prefixBlocksOf } from './prefix-blocks.ts';
import type { Cluster, StepRow, Workload } from './scenario.ts';

export interface EngineRun {
  readonly rows: readonly StepRow[];
  /** Engine steps of each pool. */
  readonly steps: readonly number[];
  readonly result: SimulationResult;
}

function architectureOf(cluster: Cluster): Architecture {
  const { mode, link, ...others } = cluster;
  if (mode === 'mono') return batchedMonolithic(others);
  return batchedDisaggregated(link === undefined ? others : { ...others, link });
}

export function planOf(cluster: Cluster, workload: Workload): SimulationPlan {
  return {
    keep_requests: true,
    workload: {
      kind: 'replay',
      arrival_s: workload.map(({ arrival_s }) => arrival_s),
      prompt_tokens: workload.map(({ prompt_tokens }) => prompt_tokens),
      output_tokens: workload.map(({ output_tokens }) => output_tokens),
      ...prefixBlocksOf(cluster, workload),
    },
    architecture: architectureOf(cluster),
  };
}

/** Runs until drained; `drive` may subscribe, and may run the simulation its own way. */
export function engineRun(
  cluster: Cluster,
  workload: Workload,
  drive: (simulation: Simulation) => void = () => {},
): EngineRun {
  const simulation = new Simulation(planOf(cluster, workload));
  drive(simulation);
  const result = simulation.run();
  return {
    rows: stepRowsOf(result, cluster.mode),
    steps: batchingOf(result).map(({ engine_steps }) => engine_steps),
    result,
  };
}

/** How each pool batched. */
export function batchingOf({ report }: SimulationResult): BatchingReport[] {
  return report.pools.map(({ batching, name }) => {
    if (batching === null) throw new Error(`pool ${name} does not batch`);
    return batching;
  });
}

function stepRowsOf({ requests }: SimulationResult, mode: Cluster['mode']): readonly StepRow[] {
  if (requests === null) throw new Error('the run kept no requests');
  const value = (column: ArrayLike<number>, id: number): number => column[id] ?? Number.NaN;
  const disagg = (column: ArrayLike<number>, id: number): number =>
    mode === 'disagg' ? value(column, id) : Number.NaN;
  return Array.from({ length: requests.length }, (_, id) => ({
    arrival_s: value(requests.arrival_s, id),
    outcome: OUTCOMES[value(requests.outcome, id)] ?? 'in_flight',
    scheduled_s: value(requests.prefill_start_s, id),
    prefill_end_s: value(requests.prefill_end_s, id),
    transfer_start_s: disagg(requests.transfer_start_s, id),
    transfer_end_s: disagg(requests.decode_queued_s, id),
    decode_scheduled_s: disagg(requests.decode_start_s, id),
    first_token_s: value(requests.first_token_s, id),
    completed_s: value(requests.completed_s, id),
    preemptions: value(requests.preemptions, id),
  }));
}
