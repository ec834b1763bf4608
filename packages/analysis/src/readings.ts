/**
 * The numbers of a report that analyses can be asked for, by key: the words, unit and direction of each.
 * Knows no file, no layout and no statistics.
 */
import type { PoolReport, SimulationReport } from '@llmsim/engine';
import type { Reading } from './interval/replicate.ts';
import { type Definition, definitions } from './views/definitions.ts';
import type { Unit } from './views/format.ts';
import type { LatencyTerm, PoolTerm, TtftPartTerm } from './views/terms.ts';

export interface NamedReading extends Definition {
  /** Where the number stands in a report: `ttft_s.p99`, `throughput_rps`, `pools.decode.utilization`. */
  readonly key: string;
  readonly unit: Unit;
  /** Which way is better, all else equal; a pool that is less utilised has more room. */
  readonly better: 'lower' | 'higher';
  readonly read: Reading;
}

const LATENCIES: readonly LatencyTerm[] = ['ttft_s', 'tpot_s', 'itl_s', 'e2e_s'];
const STATISTICS = ['mean', 'p50', 'p90', 'p95', 'p99', 'max'] as const;
const PARTS: readonly TtftPartTerm[] = [
  'prefill_queue_s',
  'prefill_s',
  'transfer_wait_s',
  'transfer_s',
  'decode_queue_s',
  'first_decode_step_s',
];

const latencies: readonly NamedReading[] = LATENCIES.flatMap((latency) =>
  STATISTICS.map((statistic) => ({
    key: `${latency}.${statistic}`,
    label: `${definitions[statistic].label} ${definitions[latency].label}`,
    definition: `${definitions[latency].definition} ${definitions[statistic].definition}`,
    unit: 's' as const,
    better: 'lower' as const,
    read: (report) => report[latency][statistic],
  })),
);

const rates: readonly NamedReading[] = [
  named('throughput_rps', 'req/s', 'higher', (report) => report.throughput_rps),
  named('goodput_rps', 'req/s', 'higher', (report) => report.slo?.goodput_rps ?? null),
  named('attainment', 'share', 'higher', (report) => report.slo?.attainment ?? null),
  named('prompt_tokens_per_s', 'tokens/s', 'higher', (report) => report.prompt_tokens_per_s),
  named('output_tokens_per_s', 'tokens/s', 'higher', (report) => report.output_tokens_per_s),
  named('total_tokens_per_s', 'tokens/s', 'higher', (report) => report.total_tokens_per_s),
  named('total_tokens_per_s_per_gpu', 'tokens/s', 'higher', (report) => report.total_tokens_per_s_per_gpu),
  named(
    'output_tokens_per_s_per_user',
    'tokens/s',
    'higher',
    (report) => report.output_tokens_per_s_per_user,
  ),
];

const load: readonly NamedReading[] = [
  {
    key: 'utilization',
    label: 'highest utilisation',
    definition: `${definitions.utilization.definition} Of the pool where it is largest.`,
    unit: 'share',
    better: 'lower',
    read: ({ pools }) => (pools.length === 0 ? null : Math.max(...pools.map((pool) => pool.utilization))),
  },
  {
    key: 'mean_queue_length',
    label: 'mean queue',
    definition: `${definitions.mean_queue_length.definition} Of all pools together.`,
    unit: 'requests',
    better: 'lower',
    read: ({ pools }) => pools.reduce((sum, pool) => sum + pool.mean_queue_length, 0),
  },
  {
    key: 'preemptions',
    label: definitions.preemptions.label,
    definition: `${definitions.preemptions.definition} Of all pools together; none for pools that do not batch.`,
    unit: 'preemptions',
    better: 'lower',
    read: ({ pools }) =>
      pools.every(({ batching }) => batching === null)
        ? null
        : pools.reduce((sum, { batching }) => sum + (batching?.preemptions ?? 0), 0),
  },
  named('rejected', 'requests', 'lower', (report) => report.outcomes.rejected),
  named('in_flight', 'requests', 'lower', (report) => report.outcomes.in_flight),
];

const parts: readonly NamedReading[] = PARTS.flatMap((part) => [
  {
    ...common(`breakdown.mean.${part}`, part),
    definition: `${definitions[part].definition} The average over all TTFT samples.`,
    read: ({ breakdown }: SimulationReport) => breakdown?.mean[part] ?? null,
  },
  {
    ...common(`breakdown.tail.${part}`, part),
    label: `${definitions[part].label} of the slowest`,
    definition: `${definitions[part].definition} The average over the requests about p99 TTFT and above.`,
    read: ({ breakdown }: SimulationReport) => breakdown?.tail[part] ?? null,
  },
]);

/** Every reading that does not depend on the names of pools. */
export const readings: readonly NamedReading[] = [...latencies, ...rates, ...load, ...parts];

const BY_KEY: ReadonlyMap<string, NamedReading> = new Map(readings.map((reading) => [reading.key, reading]));

/** The readings that answers show when nobody asks for others, in their order. */
export const headlineReadings: readonly NamedReading[] = [
  'ttft_s.mean',
  'ttft_s.p50',
  'ttft_s.p90',
  'ttft_s.p99',
  'tpot_s.mean',
  'tpot_s.p99',
  'e2e_s.p99',
  'throughput_rps',
  'goodput_rps',
  'attainment',
  'output_tokens_per_s',
  'utilization',
  'mean_queue_length',
].flatMap((key) => BY_KEY.get(key) ?? []);

/** The parts of the mean TTFT, in the order in which they pass. */
export const ttftPartReadings: readonly NamedReading[] = parts.filter(({ key }) =>
  key.startsWith('breakdown.mean.'),
);

type PoolReading = readonly [PoolTerm, Unit, (pool: PoolReport) => number | null];

const POOL_READINGS: Readonly<Record<string, PoolReading>> = {
  utilization: ['utilization', 'share', (pool) => pool.utilization],
  mean_queue_length: ['mean_queue_length', 'requests', (pool) => pool.mean_queue_length],
  'waiting_s.mean': ['waiting_mean_s', 's', (pool) => pool.waiting_s.mean],
  'waiting_s.p99': ['waiting_p99_s', 's', (pool) => pool.waiting_s.p99],
  'service_s.mean': ['service_mean_s', 's', (pool) => pool.service_s.mean],
};

/** Keys of a pool, after `pools.<name>.`. */
export const POOL_READING_KEYS: readonly string[] = Object.keys(POOL_READINGS);

/**
 * The reading of a key: one of `readings`, or `pools.<name>.<key>` with a key of `POOL_READING_KEYS`, which gives null
 * in a run without a pool of that name. Undefined for any other key.
 *
 * @example
 * findReading('ttft_s.p99')?.read(simulate(plan).report); // seconds
 * findReading('pools.decode.utilization')?.label; // 'utilisation, decode pool'
 */
export function findReading(key: string): NamedReading | undefined {
  const [, pool, of] = /^pools\.([^.]+)\.(.+)$/.exec(key) ?? [];
  if (pool === undefined || of === undefined) return BY_KEY.get(key);
  const known = Object.hasOwn(POOL_READINGS, of) ? POOL_READINGS[of] : undefined;
  if (known === undefined) return undefined;
  const [term, unit, read] = known;
  return {
    key,
    label: `${definitions[term].label}, ${pool} pool`,
    definition: definitions[term].definition,
    unit,
    better: 'lower',
    read: ({ pools }) => {
      const found = pools.find(({ name }) => name === pool);
      return found === undefined ? null : read(found);
    },
  };
}

function named(
  term: keyof typeof definitions,
  unit: Unit,
  better: NamedReading['better'],
  read: Reading,
): NamedReading {
  return { key: term, ...definitions[term], unit, better, read };
}

function common(key: string, part: TtftPartTerm): Omit<NamedReading, 'read'> {
  return { key, ...definitions[part], unit: 's', better: 'lower' };
}
