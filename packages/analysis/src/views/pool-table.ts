/** The pool table: how busy each pool was and how long requests waited for it. Knows no formatting. */
import type { SimulationReport } from '@llmsim/engine';
import { numberCell, numberColumn, type TableSpec, wordCell, wordColumn } from './table-spec.ts';

/**
 * One row for each pool, in the order of the report.
 *
 * @example
 * poolTable(simulate(plan).report).rows.length; // 1 for a monolithic cluster
 */
export function poolTable(report: SimulationReport): TableSpec {
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
    ],
    rows: report.pools.map((pool) => [
      wordCell(pool.name),
      numberCell(pool.gpus, 'GPUs'),
      numberCell(pool.utilization, 'share'),
      numberCell(pool.mean_queue_length, 'requests'),
      numberCell(pool.max_queue_length, 'requests'),
      numberCell(pool.waiting_s.mean, 's'),
      numberCell(pool.waiting_s.p99, 's'),
      numberCell(pool.service_s.mean, 's'),
    ]),
    notes: [],
  };
}
