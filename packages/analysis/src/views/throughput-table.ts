/** The throughput table: what left the system each second. Knows no formatting. */
import type { SimulationReport } from '@llmsim/engine';
import type { Unit } from './format.ts';
import { numberCell, numberColumn, type TableSpec } from './table-spec.ts';
import type { ThroughputTerm } from './terms.ts';

const RATES: readonly (readonly [ThroughputTerm, Unit])[] = [
  ['completed_in_window', 'requests'],
  ['throughput_rps', 'req/s'],
  ['goodput_rps', 'req/s'],
  ['prompt_tokens_per_s', 'tokens/s'],
  ['output_tokens_per_s', 'tokens/s'],
  ['total_tokens_per_s', 'tokens/s'],
  ['total_tokens_per_s_per_gpu', 'tokens/s'],
  ['output_tokens_per_s_per_user', 'tokens/s'],
  ['preempted_requests', 'requests'],
];

/**
 * One row over the measurement window; goodput only where the run has an SLO, preempted requests where there are any.
 *
 * @example
 * throughputTable(simulate(plan).report).columns.map(({ label }) => label);
 */
export function throughputTable(report: SimulationReport): TableSpec {
  const rates = RATES.filter(([term]) => {
    if (term === 'goodput_rps') return report.slo !== null;
    return term !== 'preempted_requests' || report.preempted_requests > 0;
  });
  return {
    id: 'throughput',
    title: 'Throughput',
    columns: rates.map(([term, unit]) => numberColumn(term, term, unit)),
    rows: [
      rates.map(([term, unit]) =>
        numberCell(term === 'goodput_rps' ? (report.slo?.goodput_rps ?? null) : report[term], unit),
      ),
    ],
    notes: [],
  };
}
