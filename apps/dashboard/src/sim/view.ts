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
import type { ScenarioConfig } from '@llmsim/config';
import type { SimulationResult } from '@llmsim/engine';
import { fieldsOf } from './fields.ts';
import type { RunView } from './protocol.ts';

/** Where a result comes from. */
export interface Ran {
  readonly file: string;
  readonly text: string;
  readonly config: ScenarioConfig;
}

/** Everything the page shows of one run. */
export function viewOf(ran: Ran, result: SimulationResult): RunView {
  const { report } = result;
  return {
    ...ran,
    fields: fieldsOf(ran.config),
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
