/**
 * The tables of a run in the order of the report, for every medium alike.
 */
import {
  breakdownTable,
  latencyTable,
  outcomeTable,
  poolTable,
  type TableSpec,
  throughputTable,
} from '@llmsim/analysis';
import type { SimulationReport } from '@llmsim/engine';

export function tablesOf(report: SimulationReport): TableSpec[] {
  return [latencyTable, breakdownTable, poolTable, throughputTable, outcomeTable].map((table) =>
    table(report),
  );
}
