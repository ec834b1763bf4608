/** The document of one run, from its report alone: so a stored result looks as it did when it was fresh. */
import {
  answer,
  type Chart,
  queueTimeline,
  type ResultDocument,
  ttftCdf,
  utilizationTimeline,
} from '@llmsim/analysis';
import type { SimulationReport } from '@llmsim/engine';
import { tablesOf } from '../reporters/tables.ts';

export interface DocumentedRun {
  readonly name: string;
  readonly report: SimulationReport;
  /** The TTFT of every request, seconds; null when only percentiles are left. */
  readonly ttft_s: Float64Array | null;
  readonly version: string;
  readonly config_hash: string;
}

export function runDocument({ name, report, ttft_s, version, config_hash }: DocumentedRun): ResultDocument {
  const { verdict, slo, binds, tail, load, warm_up, notes } = answer(report);
  const sentences = [
    ...(binds === null ? [] : [binds]),
    tail,
    load,
    ...(warm_up === null ? [] : [warm_up]),
    ...notes,
  ];
  return {
    kind: 'run',
    title: name,
    answer: [
      { text: verdict },
      ...slo.map(({ text, met }) => (met === null ? { text } : { text, met })),
      ...sentences.map((text) => ({ text })),
    ],
    charts: runCharts(report, ttft_s),
    tables: tablesOf(report),
    origin: [
      { label: 'mode', text: report.mode },
      { label: 'seed', text: String(report.seed) },
      { label: 'configuration', text: config_hash.slice(0, 12) },
      { label: 'llmsim', text: version },
    ],
  };
}

/** Without a first token there is no distribution. */
function runCharts(report: SimulationReport, ttft_s: Float64Array | null): Chart[] {
  const distribution = ttftCdf([{ name: report.mode, result: { report, ttft_s } }]);
  return [
    ...(report.ttft_s.count === 0 ? [] : [distribution]),
    queueTimeline(report),
    utilizationTimeline(report),
  ];
}
