/** The pool table: how busy each pool was, how long requests waited for it and how it batched. Knows no formatting. */
import type { BatchingReport, PoolReport, SimulationReport } from '@llmsim/engine';
import type { Unit } from './format.ts';
import { numberCell, numberColumn, type TableSpec, wordCell, wordColumn } from './table-spec.ts';
import type { BatchTerm } from './terms.ts';

interface BatchColumn {
  readonly term: BatchTerm;
  readonly unit: Unit;
  readonly read: (batching: BatchingReport) => number | null;
  /** Whether a pool has something to show here; absent: every pool that batches. */
  readonly where?: (batching: BatchingReport) => boolean;
}

const swaps = ({ swaps_out }: BatchingReport): boolean => swaps_out !== null;

const limited = ({ mean_kv_use }: BatchingReport): boolean => mean_kv_use !== null;

const BATCH_COLUMNS: readonly BatchColumn[] = [
  { term: 'replicas', unit: 'replicas', read: ({ replicas }) => replicas },
  { term: 'mean_batch_size', unit: 'requests', read: ({ mean_batch_size }) => mean_batch_size },
  { term: 'max_batch_size', unit: 'requests', read: ({ max_batch_size }) => max_batch_size },
  { term: 'mean_kv_use', unit: 'share', read: ({ mean_kv_use }) => mean_kv_use, where: limited },
  { term: 'max_kv_use', unit: 'share', read: ({ max_kv_use }) => max_kv_use, where: limited },
  { term: 'preemptions', unit: 'preemptions', read: ({ preemptions }) => preemptions, where: limited },
  { term: 'engine_steps', unit: 'steps', read: ({ engine_steps }) => engine_steps },
  {
    term: 'prefix_hit_rate',
    unit: 'share',
    read: ({ prefix_hit_rate }) => prefix_hit_rate,
    where: ({ prefix_hit_rate }) => prefix_hit_rate !== null,
  },
  { term: 'swaps_out', unit: 'swaps', read: ({ swaps_out }) => swaps_out, where: swaps },
  { term: 'swaps_in', unit: 'swaps', read: ({ swaps_in }) => swaps_in, where: swaps },
  { term: 'swapped_out_bytes', unit: 'bytes', read: ({ swapped_out_bytes: bytes }) => bytes, where: swaps },
  { term: 'swapped_in_bytes', unit: 'bytes', read: ({ swapped_in_bytes: bytes }) => bytes, where: swaps },
  {
    term: 'host_link_utilization',
    unit: 'share',
    read: ({ host_link_utilization }) => host_link_utilization,
    where: swaps,
  },
  {
    term: 'never_fit',
    unit: 'requests',
    read: ({ rejected }) => rejected,
    where: ({ rejected }) => rejected > 0,
  },
];

/**
 * One row for each pool, in the order of the report. What belongs to batches, to a limited KV cache, to prefixes, swapping
 * or rejections stands there only where a pool has it.
 *
 * @example
 * poolTable(simulate(plan).report).rows.length; // 1 for a monolithic cluster
 */
export function poolTable({ pools }: SimulationReport): TableSpec {
  const batchColumns = BATCH_COLUMNS.filter(({ where = () => true }) =>
    pools.some(({ batching }) => batching !== null && where(batching)),
  );
  return {
    id: 'pools',
    title: 'Pools',
    columns: [
      wordColumn('pool', 'pool'),
      numberColumn('gpus', 'gpus', 'GPUs'),
      numberColumn('utilization', 'utilization', 'share'),
      numberColumn('mean_queue_length', 'mean_queue_length', 'requests'),
      numberColumn('max_queue_length', 'max_queue_length', 'requests'),
      numberColumn('waiting_mean_s', 'waiting_mean_s', 's'),
      numberColumn('waiting_p99_s', 'waiting_p99_s', 's'),
      numberColumn('service_mean_s', 'service_mean_s', 's'),
      ...batchColumns.map(({ term, unit }) => numberColumn(term, term, unit)),
    ],
    rows: pools.map((pool) => [
      ...queueCells(pool),
      ...batchColumns.map(({ read, unit }) =>
        numberCell(pool.batching === null ? null : read(pool.batching), unit),
      ),
    ]),
    notes: [],
  };
}

function queueCells(pool: PoolReport): TableSpec['rows'][number] {
  return [
    wordCell(pool.name),
    numberCell(pool.gpus, 'GPUs'),
    numberCell(pool.utilization, 'share'),
    numberCell(pool.mean_queue_length, 'requests'),
    numberCell(pool.max_queue_length, 'requests'),
    numberCell(pool.waiting_s.mean, 's'),
    numberCell(pool.waiting_s.p99, 's'),
    numberCell(pool.service_s.mean, 's'),
  ];
}
