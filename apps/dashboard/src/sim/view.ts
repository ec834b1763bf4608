/**
 * A result as the tables and charts of the page. Knows no metric and no drawing: the analysis package does the first,
 * panels and charts the second. Sorting a large sample takes a while, so it belongs in the worker.
 */
import {
  answer,
  breakdownTable,
  latencyTable,
  linkTable,
  outcomeTable,
  poolTable,
  queueTimeline,
  throughputTable,
  ttftCdf,
  utilizationTimeline,
} from '@llmsim/analysis';
import type { ScenarioConfig } from '@llmsim/config';
import type { SimulationResult } from '@llmsim/engine';
import { fieldsOf } from './fields.ts';
import { figuresOf } from './figures.ts';
import type { RunView } from './protocol.ts';

/** Where a result comes from. */
export interface Ran {
  readonly file: string;
  readonly text: string;
  readonly config: ScenarioConfig;
  /** What runs the same on the command line. */
  readonly command: string;
}

/** Everything the page shows of one run. */
export function viewOf({ file, text, config, command }: Ran, result: SimulationResult): RunView {
  const { report } = result;
  const answered = answer(report);
  return {
    file,
    text,
    config,
    command,
    fields: fieldsOf(config),
    report,
    answer: answered,
    figures: figuresOf(report, answered),
    tables: {
      latency: latencyTable(report),
      pools: poolTable(report),
      links: report.links.length === 0 ? null : linkTable(report),
      breakdown: breakdownTable(report),
      throughput: throughputTable(report),
      outcomes: outcomeTable(report),
    },
    charts: {
      ttft_cdf: ttftCdf([{ name: report.mode, result }]),
      queue: queueTimeline(report),
      utilization: utilizationTimeline(report),
    },
  };
}
