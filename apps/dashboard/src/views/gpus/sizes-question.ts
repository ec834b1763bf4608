/**
 * Clusters of many sizes at the rate of a scenario, as questions for `compareSplits`. Knows no worker and no page.
 */
import {
  type Candidate,
  type ClusterKind,
  findReading,
  REQUIRED_ATTAINMENT,
  type SplitQuestion,
} from '@llmsim/analysis';
import type { ScenarioConfig } from '@llmsim/config';
import type { Cell, Edit } from '../../sim/protocol.ts';

/** Servers of a pool in the grid at least, and at most. */
const FEWEST = 4;
const MOST = 8;

export interface SizesOptions {
  readonly config: ScenarioConfig;
  readonly rate_per_s: number;
  readonly replications: number;
  /** Of a GPU; null without. */
  readonly price_per_hour: number | null;
  /** GPUs of one server by pool, where a server is a replica on several. */
  readonly gpus: Readonly<Record<string, number>>;
}

/** The keys that say how many servers each pool has. */
export function serverKeys({ cluster_mono, cluster_disagg }: ScenarioConfig): {
  readonly mono: readonly [string];
  readonly disagg: readonly [string, string];
} {
  return {
    mono: [cluster_mono.model === 'steps' ? 'cluster_mono.replicas' : 'cluster_mono.num_gpus'],
    disagg:
      cluster_disagg.model === 'steps'
        ? ['cluster_disagg.prefill_replicas', 'cluster_disagg.decode_replicas']
        : ['cluster_disagg.prefill_gpus', 'cluster_disagg.decode_gpus'],
  };
}

/** One question for each architecture: disagg over prefill × decode, mono over as many GPUs. */
export function sizesQuestions(
  base: Omit<Cell, 'set'>,
  options: SizesOptions,
): { readonly disagg: SplitQuestion<Cell>; readonly mono: SplitQuestion<Cell> } {
  const { config } = options;
  const keys = serverKeys(config);
  const [prefill, decode] = disaggServers(config).map((now) =>
    range(Math.min(MOST, Math.max(FEWEST, 2 * now))),
  );
  const pairs = (prefill ?? []).flatMap((x) => (decode ?? []).map((y) => [x, y]));
  const most = Math.max(...pairs.map(([x = 0, y = 0]) => x + y));
  return {
    disagg: question(base, options, {
      mode: 'disagg',
      pools: ['prefill', 'decode'],
      keys: keys.disagg,
      sizes: pairs,
    }),
    mono: question(base, options, {
      mode: 'mono',
      pools: [config.cluster_mono.model === 'steps' ? 'replica' : 'gpu'],
      keys: keys.mono,
      sizes: range(most).map((servers) => [servers]),
    }),
  };
}

/** What to change in the scenario to get a cluster of the grid. */
export function editsOf(candidate: Candidate, config: ScenarioConfig): readonly Edit[] {
  const keys = candidate.kind.mode === 'mono' ? serverKeys(config).mono : serverKeys(config).disagg;
  return [
    { path: 'mode', value: candidate.kind.mode },
    ...keys.map((path, pool) => ({ path, value: candidate.servers[pool] ?? 1 })),
  ];
}

interface Sizes {
  readonly mode: 'mono' | 'disagg';
  readonly pools: readonly string[];
  readonly keys: readonly string[];
  readonly sizes: readonly (readonly number[])[];
}

function question(
  base: Omit<Cell, 'set'>,
  { config, rate_per_s, replications, price_per_hour, gpus }: SizesOptions,
  { mode, pools, keys, sizes }: Sizes,
): SplitQuestion<Cell> {
  const reading = findReading('ttft_s.p99');
  if (reading === undefined) throw new Error('There is no reading ttft_s.p99');
  const kind: ClusterKind = {
    name: mode,
    mode,
    pools: pools.map((pool) => {
      const each = gpus[pool] ?? 1;
      const price = price_per_hour === null ? null : each * price_per_hour;
      return { pool, gpus: each, hardware: null, least_service_s: 0, price_per_hour: price };
    }),
  };
  const judged = config.slo?.ttft_s !== undefined || config.slo?.tpot_s !== undefined;
  return {
    splits: sizes.map((servers) => ({ kind, servers })),
    rates_per_s: [rate_per_s],
    reading,
    attain: judged ? REQUIRED_ATTAINMENT : null,
    seeds: Array.from({ length: replications }, (_, run) => config.random_seed + run),
    cellOf: ({ servers }, rate, seed) => ({
      ...base,
      set: [
        `mode=${mode}`,
        `arrival.rate_per_s=${rate}`,
        `random_seed=${seed}`,
        ...keys.map((key, pool) => `${key}=${servers[pool] ?? 1}`),
      ],
      pilot_seed: config.random_seed,
    }),
  };
}

function disaggServers({ cluster_disagg }: ScenarioConfig): readonly [number, number] {
  return cluster_disagg.model === 'steps'
    ? [cluster_disagg.prefill_replicas, cluster_disagg.decode_replicas]
    : [cluster_disagg.prefill_gpus, cluster_disagg.decode_gpus];
}

function range(to: number): number[] {
  return Array.from({ length: to }, (_, index) => index + 1);
}
