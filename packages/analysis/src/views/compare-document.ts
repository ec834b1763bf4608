/** A comparison as sentences, charts and tables, for any medium. Knows no medium. */
import type { ComparisonReport } from '../compare/compare.ts';
import type { OptionResult } from '../compare/comparison.ts';
import { type NamedReading, ttftPartReadings } from '../readings.ts';
import { ttftPartsChart } from './compare-chart.ts';
import { comparisonTable, differenceTable, readingOf } from './compare-tables.ts';
import { formatCount, formatPercent, formatSeconds } from './format.ts';
import { formatDifference } from './interval-text.ts';
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

export interface CompareDocumentOptions {
  readonly title: string;
  readonly readings: readonly NamedReading[];
  readonly origin: readonly Origin[];
}

/** The readings that the answer speaks of, where options have them; throughput only without goodput. */
const SPOKEN = ['ttft_s.p99', 'tpot_s.mean', 'goodput_rps', 'throughput_rps'];

/**
 * The document of a comparison.
 *
 * @example
 * const report = await compare({ runner, options, seeds: [1, 2, 3], readings: headlineReadings });
 * compareDocument(report, { title: 'mono or disagg', readings: headlineReadings, origin: [] }).answer;
 */
export function compareDocument(
  report: ComparisonReport,
  { title, readings, origin }: CompareDocumentOptions,
): ResultDocument {
  const { options } = report;
  const [first, ...others] = options;
  const chart = ttftPartsChart(options);
  const parts = comparisonTable(options, ttftPartReadings);
  return {
    kind: 'compare',
    title,
    answer: [
      ...options.map((option) => ({ text: `${option.name}: ${verdictSentence(option)}` })),
      ...others.flatMap((option) => (first === undefined ? [] : spoken(option, first, readings))),
      ...cautions(report),
    ],
    charts: chart === null ? [] : [chart],
    tables: [
      comparisonTable(options, readings),
      ...others.flatMap((option, index) => {
        const table = first && differenceTable(option, first, readings);
        return table ? [{ ...table, id: `difference_${index + 1}` }] : [];
      }),
      { ...parts, id: 'ttft_parts', title: 'Where the mean TTFT went', rows: parts.rows.filter(isSomething) },
      outcomesOverRunsTable(options),
    ].filter(({ rows }) => rows.length > 0),
    origin,
  };
}

function spoken(
  option: OptionResult,
  against: OptionResult,
  readings: readonly NamedReading[],
): AnswerLine[] {
  // What is 0 because nothing was measured differs from nothing.
  if ([option, against].some(isUnmeasured)) return [];
  const found = SPOKEN.flatMap((key) => readings.filter((reading) => reading.key === key)).filter(
    ({ key }) => readingOf(option, key)?.difference !== null,
  );
  const judged = found.some(({ key }) => key === 'goodput_rps');
  return found
    .filter(({ key }) => !(judged && key === 'throughput_rps'))
    .flatMap((reading) => {
      const difference = readingOf(option, reading.key)?.difference ?? null;
      if (difference === null) return [];
      const { interval, relative, seen } = difference;
      const amount = formatDifference({ ...interval, mean: Math.abs(interval.mean) }, reading.unit);
      if (!seen)
        return [
          {
            text: `${reading.label}: no difference seen between ${option.name} and ${against.name} (${formatDifference(interval, reading.unit)}).`,
          },
        ];
      const share = relative === null ? '' : `, ${formatPercent(Math.abs(relative))}`;
      const word = interval.mean > 0 ? 'higher' : 'lower';
      return [
        { text: `${reading.label}: ${option.name} is ${amount} ${word} than ${against.name}${share}.` },
      ];
    });
}

function cautions({ options, seeds, failed, finished }: ComparisonReport): AnswerLine[] {
  const lines: string[] = [];
  const gpus = new Set(options.map((option) => option.gpus));
  if (gpus.size > 1) {
    const list = options.map((option) => `${option.name} ${formatCount(option.gpus)}`).join(', ');
    lines.push(`The number of GPUs differs: ${list}.`);
  }
  const starts = options.filter((option) => !isUnmeasured(option));
  if (new Set(starts.map(({ warm_up }) => warm_up.warmup_seconds)).size > 1) {
    const list = starts.map(({ name, warm_up }) => `${name} ${formatSeconds(warm_up.warmup_seconds)}`);
    lines.push(`They are measured from different times on: ${list.join(', ')}.`);
  }
  lines.push(
    ...options.flatMap(({ name, outcomes }) => {
      const sentence = rejectedSentence(outcomes);
      return sentence === null ? [] : [`${name}: ${sentence}`];
    }),
  );
  const [unmeasured] = options.map(unmeasuredSentence).filter((sentence) => sentence !== null);
  if (unmeasured !== undefined) lines.push(unmeasured);
  const late = options.flatMap((option) => {
    const { name, warm_up } = option;
    const sentence = isUnmeasured(option) ? null : warmUpSentence(warm_up);
    return sentence === null ? [] : [`${name}: ${sentence}`];
  });
  lines.push(...late);
  const [only] = options;
  if (options.length === 1 && only !== undefined && late.length === 0 && !isUnmeasured(only))
    lines.push(warmUpNote(only.warm_up));
  const same = sameRunsSentence(options);
  if (same !== null) lines.push(same);
  if (seeds.length === 1) lines.push('One seed gives no intervals.');
  if (failed.length > 0)
    lines.push(`Of the runs ${formatCount(failed.length)} failed; a seed with a failed run does not count.`);
  if (!finished) {
    lines.push(
      `Partial: it was interrupted, and covers the ${seeds.length === 1 ? 'only seed that was' : `${formatCount(seeds.length)} seeds that were`} complete.`,
    );
  }
  return lines.map((text) => ({ text }));
}

function isSomething(row: readonly { readonly value: number | string | null }[]): boolean {
  return row.slice(1).some(({ value }) => value !== 0 && value !== null);
}
