/**
 * A result as the tables and charts of the page. Knows no metric and no drawing: the analysis package does the first,
 * panels and charts the second. Sorting a large sample takes a while, so it belongs in the worker.
 */
import {
  answer,
  breakdownTable,
  latencyTable,
  outcomeTable,
  poolTable,
  throughputTable,
  ttftCdf,
} from '@llmsim/analysis';
import type { SimulationResult } from '@llmsim/engine';
import type { Inputs, RunView } from './protocol.ts';

/** Everything the page shows of one run. */
export function viewOf(file: string, inputs: Inputs, result: SimulationResult): RunView {
  const { report } = result;
  return {
    file,
    inputs,
    report,
    answer: answer(report),
    tables: {
      latency: latencyTable(report),
      pools: poolTable(report),
      breakdown: breakdownTable(report),
      throughput: throughputTable(report),
      outcomes: outcomeTable(report),
    },
    charts: { ttft_cdf: ttftCdf([{ name: report.mode, result }]) },
  };
}
