/** Several runs of one scenario as sentences and tables, for any medium. Knows no medium. */
import type { SimulationReport, SloReport } from '@llmsim/engine';
import { comparison } from '../compare/comparison.ts';
import { meanInterval } from '../interval/mean-interval.ts';
import { isPrecise, type Precision } from '../interval/precision.ts';
import type { TokenRateTheory } from '../queueing/token-rate-theory.ts';
import { type NamedReading, ttftPartReadings } from '../readings.ts';
import { REQUIRED_ATTAINMENT } from './answer.ts';
import { comparisonTable, readingOf } from './compare-tables.ts';
import { formatCount, formatPercent, formatQuantity, formatSeconds } from './format.ts';
import { formatEstimate, formatInterval } from './interval-text.ts';
import { outcomesOverRunsTable } from './outcome-table.ts';
import type { AnswerLine, Origin, ResultDocument } from './result-document.ts';
import {
  isUnmeasured,
  rejectedSentence,
  sameRunsSentence,
  unmeasuredSentence,
  verdictSentence,
  warmUpNote,
  warmUpSentence,
} from './runs-sentences.ts';
import { theoryTable } from './theory-table.ts';

export interface RunsDocumentOptions {
  readonly title: string;
  readonly readings: readonly NamedReading[];
  readonly origin: readonly Origin[];
  /** What the closed forms say; absent: nobody asked. */
  readonly theory?: TokenRateTheory;
  /** What the runs were stopped by, and by which reading. */
  readonly stopped?: { readonly reading: NamedReading; readonly precision: Precision };
  /** False when it was interrupted. */
  readonly finished: boolean;
}

/** @throws RangeError without reports. */
export function runsDocument(
  reports: readonly SimulationReport[],
  { title, readings, origin, theory, stopped, finished }: RunsDocumentOptions,
): ResultDocument {
  const options = comparison([{ name: 'mean', reports }], readings);
  const [runs] = options;
  const parts = comparisonTable(comparison([{ name: 'mean', reports }], ttftPartReadings), ttftPartReadings);
  const rejected = runs === undefined ? null : rejectedSentence(runs.outcomes);
  const same = sameRunsSentence(options);
  const unmeasured = runs === undefined ? null : unmeasuredSentence(runs);
  const against = theory === undefined ? null : theoryTable(theory, reports);
  return {
    kind: 'run',
    title,
    answer: [
      ...(runs === undefined ? [] : [{ text: verdictSentence(runs) }]),
      ...sloLines(reports),
      ...(runs === undefined ? [] : tail(runs, readings)),
      ...(stopped === undefined ? [] : [precisionLine(reports, stopped)]),
      ...(theory?.applies === false ? [{ text: `Theory does not apply: ${theory.reason}.` }] : []),
      ...(unmeasured === null ? [] : [{ text: unmeasured }]),
      ...(runs === undefined || isUnmeasured(runs)
        ? []
        : [{ text: warmUpSentence(runs.warm_up) ?? warmUpNote(runs.warm_up) }]),
      ...(rejected === null ? [] : [{ text: rejected }]),
      ...(same === null ? [] : [{ text: same }]),
      ...(finished ? [] : [{ text: 'Partial: it was interrupted, and covers the runs that were done.' }]),
    ],
    charts: [],
    tables: [
      ...(against === null ? [] : [against]),
      comparisonTable(options, readings),
      {
        ...parts,
        id: 'ttft_parts',
        title: 'Where the mean TTFT went',
        rows: parts.rows.filter(([, mean]) => mean?.value !== 0 && mean?.value !== null),
      },
      outcomesOverRunsTable(options.map(({ outcomes }) => ({ name: 'requests', outcomes }))),
    ].filter(({ rows }) => rows.length > 0),
    origin,
  };
}

/** Whether each SLO is met on average over the runs; not said where one of them had no request to judge. */
export function sloLines(reports: readonly SimulationReport[]): AnswerLine[] {
  const slo = reports[0]?.slo;
  if (slo === undefined || slo === null) return [];
  const line = (
    name: string,
    target_s: number | null,
    read: (slo: SloReport) => number | null,
  ): AnswerLine[] => {
    if (target_s === null) return [];
    const values = reports.flatMap((report) => (report.slo === null ? [] : (read(report.slo) ?? [])));
    const rule = `${name} ≤ ${formatSeconds(target_s)}`;
    if (values.length === 0)
      return [{ text: `${rule}: no request to judge arrived in the measurement windows.` }];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const share = values.length > 1 ? formatEstimate(meanInterval(values), 'share') : formatPercent(mean);
    const unjudged = reports.length - values.length;
    // What some of the seeds say decides nothing.
    if (unjudged > 0)
      return [
        {
          text: `${rule}: met by ${share} of the requests, but none to judge arrived in ${unjudged} of ${reports.length} runs.`,
        },
      ];
    return [{ text: `${rule}: met by ${share} of the requests.`, met: mean >= REQUIRED_ATTAINMENT }];
  };
  return [
    ...line('TTFT', slo.ttft_s, ({ ttft_attainment }) => ttft_attainment),
    ...line('TPOT', slo.tpot_s, ({ tpot_attainment }) => tpot_attainment),
  ];
}

function tail(runs: ReturnType<typeof comparison>[number], readings: readonly NamedReading[]): AnswerLine[] {
  const p99 = readings.find(({ key }) => key === 'ttft_s.p99');
  const interval = p99 === undefined ? null : (readingOf(runs, p99.key)?.interval ?? null);
  if (p99 === undefined || interval === null) return [];
  const level = `${Number((100 * interval.level).toPrecision(6))} %`;
  return [
    { text: `p99 TTFT is ${formatInterval(interval, 's')} (${level} interval over ${interval.n} runs).` },
  ];
}

function precisionLine(
  reports: readonly SimulationReport[],
  { reading, precision }: NonNullable<RunsDocumentOptions['stopped']>,
): AnswerLine {
  const { half_width, relative, level } = precision;
  const asked = relative ? formatPercent(half_width) : formatQuantity(half_width, reading.unit);
  const values = reports.map(reading.read).filter((value) => value !== null);
  const met = values.length >= precision.min_runs && isPrecise(meanInterval(values, level), precision);
  const how = met ? 'reached' : 'not reached';
  const caution = met
    ? ' Stopping at a narrow interval makes it hold the truth a little less often than it says.'
    : '';
  return {
    text: `${reading.label} to ± ${asked}: ${how} after ${formatCount(reports.length)} runs.${caution}`,
    met,
  };
}
