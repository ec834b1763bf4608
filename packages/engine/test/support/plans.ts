/**
 * Random plans for fast-check: both architectures, with and without a link, replays whose times are continuous or
 * lie on a grid (so that ties are everywhere), run to the end, to a horizon, or cancelled on the way.
 */
import fc from 'fast-check';
import {
  type Architecture,
  disaggregated,
  type KvLink,
  monolithic,
  type ReplayWorkload,
  Simulation,
  type SimulationPlan,
  type SimulationResult,
  type Slo,
} from '../../src/index.ts';

export interface Cluster {
  readonly mode: 'mono' | 'disagg';
  readonly num_gpus: number;
  readonly prefill_gpus: number;
  readonly decode_gpus: number;
  readonly prefill_tokens_per_s: number;
  readonly decode_tokens_per_s: number;
  readonly link?: KvLink;
}

export interface Scenario {
  readonly cluster: Cluster;
  readonly workload: ReplayWorkload;
  readonly sim_seconds?: number;
  readonly warmup_seconds: number;
  /** Cancel after this many events. */
  readonly cancel_after?: number;
  readonly slo: Slo;
}

function architectureOf(cluster: Cluster): Architecture {
  return cluster.mode === 'mono' ? monolithic(cluster) : disaggregated(cluster);
}

export function gpusOf(cluster: Cluster, pool: string): number {
  if (pool === 'gpu') return cluster.num_gpus;
  return pool === 'prefill' ? cluster.prefill_gpus : cluster.decode_gpus;
}

export function planOf({ cluster, workload, sim_seconds, warmup_seconds, slo }: Scenario): SimulationPlan {
  return {
    workload,
    architecture: architectureOf(cluster),
    warmup_seconds,
    slo,
    keep_requests: true,
    ...(sim_seconds === undefined ? {} : { sim_seconds }),
  };
}

/** Runs a scenario; `watch` may subscribe before the first event. */
export function runScenario(
  scenario: Scenario,
  watch: (simulation: Simulation) => void = () => {},
): SimulationResult {
  const simulation = new Simulation(planOf(scenario));
  watch(simulation);
  if (scenario.cancel_after !== undefined && !simulation.advance(scenario.cancel_after).done)
    simulation.cancel();
  return simulation.run();
}

const gpus = fc.integer({ min: 1, max: 4 });

const continuousRows = fc.array(
  fc.record({
    gap: fc.double({ min: 0, max: 2, noNaN: true }),
    prompt: fc.integer({ min: 1, max: 4000 }),
    output: fc.integer({ min: 1, max: 400 }),
  }),
  { minLength: 1, maxLength: 60 },
);
const gridRows = fc.array(
  fc.record({
    gap: fc.integer({ min: 0, max: 2 }),
    prompt: fc.integer({ min: 1, max: 3 }),
    output: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 1, maxLength: 60 },
);

const continuousCluster: fc.Arbitrary<Cluster> = fc.record(
  {
    mode: fc.constantFrom('mono', 'disagg'),
    num_gpus: gpus,
    prefill_gpus: gpus,
    decode_gpus: gpus,
    prefill_tokens_per_s: fc.double({ min: 500, max: 5000, noNaN: true }),
    decode_tokens_per_s: fc.double({ min: 50, max: 500, noNaN: true }),
    link: fc.record({
      latency_s: fc.double({ min: 0, max: 0.5, noNaN: true }),
      bandwidth_bytes_per_s: fc.double({ min: 1e6, max: 1e10, noNaN: true }),
      kv_bytes_per_token: fc.integer({ min: 0, max: 200_000 }),
    }),
  },
  {
    requiredKeys: [
      'mode',
      'num_gpus',
      'prefill_gpus',
      'decode_gpus',
      'prefill_tokens_per_s',
      'decode_tokens_per_s',
    ],
  },
);
const gridCluster: fc.Arbitrary<Cluster> = fc.record(
  {
    mode: fc.constantFrom('mono', 'disagg'),
    num_gpus: gpus,
    prefill_gpus: gpus,
    decode_gpus: gpus,
    prefill_tokens_per_s: fc.constant(1),
    decode_tokens_per_s: fc.constant(1),
    link: fc.record({
      latency_s: fc.integer({ min: 0, max: 2 }),
      bandwidth_bytes_per_s: fc.constant(1),
      kv_bytes_per_token: fc.integer({ min: 0, max: 1 }),
    }),
  },
  {
    requiredKeys: [
      'mode',
      'num_gpus',
      'prefill_gpus',
      'decode_gpus',
      'prefill_tokens_per_s',
      'decode_tokens_per_s',
    ],
  },
);

function replayOf(
  rows: ReadonlyArray<{ readonly gap: number; readonly prompt: number; readonly output: number }>,
): ReplayWorkload {
  let at = 0;
  return {
    kind: 'replay',
    arrival_s: rows.map(({ gap }) => (at += gap)),
    prompt_tokens: rows.map(({ prompt }) => prompt),
    output_tokens: rows.map(({ output }) => output),
  };
}

/** A cluster and a workload, continuous or on a grid of whole seconds. */
export const clusterAndWorkload: fc.Arbitrary<Pick<Scenario, 'cluster' | 'workload'>> = fc.oneof(
  fc.record({ cluster: continuousCluster, workload: continuousRows.map(replayOf) }),
  fc.record({ cluster: gridCluster, workload: gridRows.map(replayOf) }),
);

const slo: fc.Arbitrary<Slo> = fc.record(
  {
    ttft_s: fc.double({ min: 0.1, max: 8, noNaN: true }),
    tpot_s: fc.double({ min: 0.001, max: 0.05, noNaN: true }),
  },
  { requiredKeys: [] },
);

/** Until the last request is done, from time 0. */
export const drainedScenario: fc.Arbitrary<Scenario> = fc
  .tuple(clusterAndWorkload, slo)
  .map(([given, targets]) => ({ ...given, slo: targets, warmup_seconds: 0 }));

const endings = fc.record(
  {
    sim_seconds: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.5, max: 60, noNaN: true })),
    cancel_after: fc.integer({ min: 0, max: 150 }),
  },
  { requiredKeys: [] },
);

/** Any ending and any warm-up. */
export const anyScenario: fc.Arbitrary<Scenario> = fc
  .tuple(clusterAndWorkload, slo, endings, fc.constantFrom(0, 0, 0.25, 0.5))
  .map(([given, targets, ending, share]) => ({
    ...given,
    ...ending,
    slo: targets,
    warmup_seconds: share * (ending.sim_seconds ?? 20),
  }));
