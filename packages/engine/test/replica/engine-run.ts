/** The engine's run of a scenario, in the tests' terms, with what only the pools know: their engine steps. */
import {
  type Architecture,
  batchedDisaggregated,
  batchedMonolithic,
  OUTCOMES,
  type ReplicaPool,
  type ReplicaPoolSpec,
  Simulation,
  type SimulationPlan,
  type SimulationResult,
  type Site,
} from '../../src/index.ts';
import type { Cluster, StepRow, Workload } from './scenario.ts';

export interface EngineRun {
  readonly rows: readonly StepRow[];
  readonly steps: readonly number[];
  readonly result: SimulationResult;
}

function architectureOf(cluster: Cluster): Architecture {
  const { mode, link, ...others } = cluster;
  if (mode === 'mono') return batchedMonolithic(others);
  return batchedDisaggregated(link === undefined ? others : { ...others, link });
}

/** The same architecture; its pools of replicas are also handed out. */
function showingPools(architecture: Architecture, pools: ReplicaPool[]): Architecture {
  const showing = (site: Site): Site =>
    new Proxy(site, {
      get(target, name) {
        if (name === 'replicas') {
          return (spec: ReplicaPoolSpec) => {
            const pool = target.replicas(spec);
            pools.push(pool);
            return pool;
          };
        }
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  return { mode: architecture.mode, flow: (arrivals, site) => architecture.flow(arrivals, showing(site)) };
}

export function planOf(cluster: Cluster, workload: Workload): SimulationPlan {
  return {
    keep_requests: true,
    workload: {
      kind: 'replay',
      arrival_s: workload.map(({ arrival_s }) => arrival_s),
      prompt_tokens: workload.map(({ prompt_tokens }) => prompt_tokens),
      output_tokens: workload.map(({ output_tokens }) => output_tokens),
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
  const pools: ReplicaPool[] = [];
  const plan = planOf(cluster, workload);
  const simulation = new Simulation({ ...plan, architecture: showingPools(plan.architecture, pools) });
  drive(simulation);
  const result = simulation.run();
  return { rows: stepRowsOf(result, cluster.mode), steps: pools.map(({ steps }) => steps), result };
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
    transfer_end_s: disagg(requests.decode_queued_s, id),
    decode_scheduled_s: disagg(requests.decode_start_s, id),
    first_token_s: value(requests.first_token_s, id),
    completed_s: value(requests.completed_s, id),
    preemptions: value(requests.preemptions, id),
  }));
}
