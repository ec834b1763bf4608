/**
 * The tables of a run in the order of the report, for every medium alike.
 */
import {
  breakdownTable,
  latencyTable,
  linkTable,
  outcomeTable,
  poolTable,
  type TableSpec,
  throughputTable,
} from '@llmsim/analysis';
import type { SimulationReport } from '@llmsim/engine';

export function tablesOf(report: SimulationReport): TableSpec[] {
  const links = report.links.length > 0 ? [linkTable] : [];
  return [latencyTable, breakdownTable, poolTable, ...links, throughputTable, outcomeTable].map((table) =>
    table(report),
  );
}
