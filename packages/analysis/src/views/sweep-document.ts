/** A sweep as sentences, charts and tables, for any medium. Knows no medium. */
import type { SweepLine, SweepReport } from '../sweep/report.ts';
import { formatCount, formatQuantity } from './format.ts';
import type { AnswerLine, Origin, ResultDocument } from './result-document.ts';
import { SAME_RUNS } from './runs-sentences.ts';
import { type SweepTargets, sweepCharts } from './sweep-charts.ts';
import { largestText, sweepLimits, sweepPoints } from './sweep-tables.ts';

export interface SweepDocumentOptions {
  readonly title: string;
  readonly origin: readonly Origin[];
  readonly targets?: SweepTargets;
}

export function sweepDocument(
  report: SweepReport,
  { title, origin, targets = {} }: SweepDocumentOptions,
): ResultDocument {
  return {
    kind: 'sweep',
    title,
    answer: [
      ...report.lines.flatMap((line) => lineAnswers(report, line)),
      ...(report.same_runs ? [{ text: SAME_RUNS }] : []),
      ...failures(report).map((text) => ({ text })),
      ...unmeasured(report).map((text) => ({ text })),
      { text: count(report) },
      ...(report.finished ? [] : [{ text: 'Partial: it was interrupted, and covers what had finished.' }]),
    ],
    charts: sweepCharts(report, targets),
    tables: [sweepLimits(report), sweepPoints(report)].filter(({ rows }) => rows.length > 0),
    origin,
  };
}

function lineAnswers(report: SweepReport, line: SweepLine): AnswerLine[] {
  const unit = report.x === null ? undefined : report.axes[report.x]?.unit;
  if (unit === undefined) return [];
  const name = line.name === '' ? '' : `${line.name}: `;
  const overloaded = line.points.find((point) => point.overloaded);
  const from = overloaded?.values[report.x ?? 0];
  const knee = line.knee === null ? [] : [`the knee is at ${formatQuantity(line.knee, unit)}`];
  const over =
    typeof from === 'number' && report.x_is_load
      ? [`it is overloaded from ${formatQuantity(from, unit)}`]
      : [];
  const facts = [...slo(line, unit), ...knee, ...over];
  if (facts.length === 0) return [];
  const sentence = facts.join(', ');
  // A key keeps its letters.
  return [{ text: `${name}${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.` }];
}

function slo(line: SweepLine, unit: SweepReport['axes'][number]['unit']): string[] {
  if (line.largest_load === null) return [];
  switch (line.largest_load.kind) {
    case 'between':
      return [`the SLOs are met up to ${largestText(line, unit)}`];
    case 'above':
      return [`the SLOs are met at ${formatQuantity(line.largest_load.x, unit)} and may be beyond`];
    case 'below':
      return [
        `in one run at least the SLOs are missed at ${formatQuantity(line.largest_load.x, unit)} already`,
      ];
  }
}

function failures({ lines, axes }: SweepReport): string[] {
  return lines
    .flatMap(({ points }) => points)
    .filter(({ state }) => state === 'failed')
    .map(({ at, errors }) => {
      const where = axes.map(({ label, texts }, axis) => `${label} ${texts[at[axis] ?? 0]}`).join(', ');
      return `Failed at ${where}: ${errors.join('; ')}`;
    });
}

function unmeasured({ lines, runs }: SweepReport): string[] {
  const unmeasured_runs = lines
    .flatMap(({ points }) => points)
    .reduce((sum, point) => sum + point.unmeasured_runs, 0);
  if (unmeasured_runs === 0) return [];
  const where =
    unmeasured_runs === runs ? '' : ` in ${formatCount(unmeasured_runs)} of ${formatCount(runs)} runs`;
  return [
    `Nothing was measured${where}: no token fell in the measurement window. Lower warmup_seconds, or run longer.`,
  ];
}

function count({ runs, grid_runs, lines, finished, seeds }: SweepReport): string {
  const skipped = lines.flatMap(({ points }) => points).filter(({ state }) => state === 'skipped').length;
  const saved =
    finished && skipped > 0 ? `; ${formatCount(skipped * seeds.length)} beyond overload left out` : '';
  return `${formatCount(runs)} of ${formatCount(grid_runs)} runs${saved}.`;
}
