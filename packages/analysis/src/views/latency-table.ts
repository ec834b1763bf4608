/** The latency table: four latencies by mean, percentiles and maximum. Knows no formatting. */
import type { SimulationReport } from '@llmsim/engine';
import { formatPercent } from './format.ts';
import { numberCell, numberColumn, type TableSpec, termCell } from './table-spec.ts';
import type { LatencyTerm } from './terms.ts';

const LATENCIES: readonly LatencyTerm[] = ['ttft_s', 'tpot_s', 'itl_s', 'e2e_s'];
const STATISTICS = ['mean', 'p50', 'p90', 'p95', 'p99', 'max'] as const;

/**
 * TTFT, TPOT, ITL and E2E, seconds, with a note where the percentiles need one.
 *
 * @example
 * latencyTable(simulate(plan).report).rows[0]; // TTFT: mean, p50, p90, p95, p99, max
 */
export function latencyTable(report: SimulationReport): TableSpec {
  return {
    id: 'latency',
    title: 'Latency',
    columns: [
      {
        key: 'metric',
        label: 'metric',
        align: 'left',
        definition: 'A latency of requests; each is measured in virtual time.',
      },
      ...STATISTICS.map((statistic) => numberColumn(`${statistic}_s`, statistic, 's')),
    ],
    rows: LATENCIES.map((latency) => [
      termCell(latency),
      ...STATISTICS.map((statistic) => numberCell(report[latency][statistic], 's')),
    ]),
    notes: percentileNotes(report),
  };
}

function percentileNotes({ verdict, quantiles }: SimulationReport): string[] {
  const notes: string[] = [];
  if (verdict.state === 'overloaded') {
    notes.push('The run is overloaded: percentiles in the tail depend on how long it is.');
  }
  if (verdict.state === 'backlogged') {
    notes.push('The run ends with a backlog: percentiles in the tail depend on where it stops.');
  }
  if (quantiles.relative_error > 0) {
    notes.push(
      `Percentiles are read from a histogram and off by at most ${formatPercent(quantiles.relative_error)}.`,
    );
  }
  return notes;
}
