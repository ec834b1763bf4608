/** What a worker thread does: runs a cell and gives its report. An entry of the bundle, started by file name. */
import { type SimulationReport, simulate } from '@llmsim/engine';
import { planOf, type ScenarioCell } from './scenario-cell.ts';

export default function report(cell: ScenarioCell): SimulationReport {
  return simulate({ ...planOf(cell), keep_requests: false }).report;
}
